//! The programs of a corpus and their expectations.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The expectation of a program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Expected {
    /// It compiles and runs successfully.
    Runs,
    /// It does not compile, and rustc's output is its `.stderr` file.
    CompileError,
}

#[derive(Debug)]
pub(super) struct Program {
    /// Folder and file: `flow/race`.
    pub name: String,
    /// The absolute path.
    pub source: PathBuf,
    pub expected: Expected,
}

impl Program {
    pub(super) fn stderr(&self) -> PathBuf {
        self.source.with_extension("stderr")
    }
}

/// The programs of a corpus by name. Those in `pass/` must run; all others must not compile.
pub(super) fn programs(corpus: &Path) -> Vec<Program> {
    let program = |name: String| {
        let expected = if name.starts_with("pass/") { Expected::Runs } else { Expected::CompileError };
        Program { source: corpus.join(&name).with_extension("rs"), name, expected }
    };
    names(corpus, "rs").into_iter().map(program).collect()
}

/// The `.stderr` files without a program that is to fail.
pub(super) fn orphans(corpus: &Path) -> Vec<String> {
    let failing = |program: &Program| program.expected == Expected::CompileError;
    let programs: BTreeSet<_> = programs(corpus).into_iter().filter(failing).map(|program| program.name).collect();
    names(corpus, "stderr").into_iter().filter(|name| !programs.contains(name)).collect()
}

/// `folder/file` of each file with this extension.
fn names(corpus: &Path, extension: &str) -> BTreeSet<String> {
    let entries = |path: &Path| {
        let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        entries.map(|entry| entry.expect("an entry can be read").path())
    };
    let mut names = BTreeSet::new();
    for folder in entries(corpus).filter(|path| path.is_dir()) {
        for file in entries(&folder).filter(|path| path.extension().is_some_and(|end| end == extension)) {
            let name = file.strip_prefix(corpus).expect("it is in the corpus").with_extension("");
            names.insert(name.to_str().expect("names are UTF-8").replace('\\', "/"));
        }
    }
    names
}
