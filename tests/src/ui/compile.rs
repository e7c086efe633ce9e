//! Runs rustc and the compiled program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::artifacts::Artifacts;
use super::workspace;

/// The lines of `.stderr` files are no wider than this.
const WIDTH: &str = "--diagnostic-width=140";

/// The output of a process, and whether it succeeded.
#[derive(Debug)]
pub(super) struct Ended {
    pub success: bool,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        Self { success: output.status.success(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }
}

/// Type-checks and evaluates constants only: every error of the corpus is found by then.
pub(super) fn check(artifacts: &Artifacts, source: &Path, out: &Path) -> Ended {
    finish(rustc(artifacts, source).arg("--emit=metadata").arg("-o").arg(out.with_extension("rmeta")))
}

/// Compiles it to an executable; returns its path.
pub(super) fn build(artifacts: &Artifacts, source: &Path, out: &Path) -> (Ended, PathBuf) {
    let program = out.with_extension(if cfg!(windows) { "exe" } else { "bin" });
    (finish(rustc(artifacts, source).arg("--emit=link").arg("-o").arg(&program)), program)
}

/// Without the variables of a model server: a program with a model gets the offline one.
pub(super) fn execute(program: &Path) -> Ended {
    let folder = program.with_extension("files");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut program = Command::new(program);
    finish(program.current_dir(folder).env_remove("OPENAI_API_KEY").env_remove("OPENAI_BASE_URL"))
}

/// Runs in the workspace: the libraries name their sources by paths relative to it, and rustc shows lines of them.
///
/// Lints are rustc's defaults, except dead code: a program that shows one mistake uses none of its items.
fn rustc(artifacts: &Artifacts, source: &Path) -> Command {
    let mut rustc = Command::new(&artifacts.rustc);
    rustc.current_dir(workspace());
    rustc.args(["--edition=2024", "--crate-type=bin", "--crate-name=program", "--allow=dead_code", WIDTH]).arg(source);
    for folder in &artifacts.search {
        rustc.arg("-L").arg(format!("dependency={}", folder.display()));
    }
    for (name, library) in &artifacts.externs {
        rustc.arg("--extern").arg(format!("{name}={}", library.display()));
    }
    rustc
}

fn finish(command: &mut Command) -> Ended {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}")).into()
}
