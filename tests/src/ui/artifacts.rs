//! The crates that the programs are compiled against.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

/// The crates that a program may use; all others are found through them.
const EXTERNS: [&str; 5] = ["graph_checkpoint", "graph_core", "graph_models", "serde", "tokio"];

/// rustc, and the libraries built by cargo.
#[derive(Debug)]
pub(super) struct Artifacts {
    pub rustc: PathBuf,
    /// The library of each crate that a program may use.
    pub externs: BTreeMap<&'static str, PathBuf>,
    /// The directory of their dependencies.
    pub search: BTreeSet<PathBuf>,
}

#[derive(Deserialize)]
struct Message {
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

impl Artifacts {
    /// Lets cargo build the test `ui` again and report its libraries. If they are up to date it builds nothing, so the
    /// libraries always match the sources.
    pub(super) fn of_this_build() -> Self {
        let mut cargo = Command::new(env!("CARGO"));
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_of_a_package)) {
            cargo.env_remove(name);
        }
        let output = cargo
            .args(["test", "--package", env!("CARGO_PKG_NAME"), "--test", "ui", "--no-run", "--quiet"])
            .arg("--message-format=json-render-diagnostics")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::inherit())
            .output()
            .expect("cargo can be run");
        assert!(output.status.success(), "cargo could not build what the programs are compiled against");
        let mut artifacts = Self { rustc: rustc(), externs: BTreeMap::new(), search: BTreeSet::new() };
        for line in String::from_utf8_lossy(&output.stdout).lines().filter(|line| line.starts_with('{')) {
            artifacts.add(serde_json::from_str(line).expect("cargo's messages are JSON"));
        }
        for name in EXTERNS {
            assert!(artifacts.externs.contains_key(name), "cargo has built no `{name}`");
        }
        artifacts
    }

    fn add(&mut self, message: Message) {
        let Some(target) = message.target else { return };
        if !target.kind.iter().any(|kind| kind == "lib" || kind == "proc-macro") {
            return;
        }
        self.search.extend(message.filenames.iter().filter_map(|file| file.parent().map(Path::to_owned)));
        if let Some(name) = EXTERNS.into_iter().find(|name| *name == target.name) {
            let library = message.filenames.into_iter().find(|file| file.extension().is_some_and(|end| end == "rlib"));
            let before = self.externs.insert(name, library.expect("a library is built as an rlib"));
            assert!(before.is_none(), "there are two crates `{name}`");
        }
    }
}

/// Whether cargo sets the variable for the programs of a package, such as this test. A build script that depends on one
/// would run again, and everything behind it would be built again.
fn is_of_a_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_PRIMARY_PACKAGE"
}

/// rustc itself instead of rustup's proxy, which costs some 20 ms per call.
fn rustc() -> PathBuf {
    let proxy = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&proxy).args(["--print", "sysroot"]).output().expect("rustc can be run");
    let sysroot = String::from_utf8(output.stdout).expect("the path of the toolchain is UTF-8");
    let rustc = Path::new(sysroot.trim()).join("bin/rustc").with_extension(env::consts::EXE_EXTENSION);
    if rustc.exists() { rustc } else { proxy.into() }
}
