//! The files of a test: what processes append survives them.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The files of a test.
#[derive(Clone)]
pub(crate) struct Files {
    pub(crate) database: PathBuf,
    /// A line for each execution of a node: the thread, what the node writes.
    pub(crate) executions: PathBuf,
    /// A line for each checkpoint that a process was told of: the thread, its id.
    pub(crate) acknowledged: PathBuf,
}

impl Files {
    pub(crate) fn of(folder: &Path) -> Self {
        let file = |name: &str| folder.join(name);
        Self { database: file("threads.db"), executions: file("executions"), acknowledged: file("acknowledged") }
    }
}

/// Appends a line by one call of the system: a process that is killed has written all of it, or nothing.
pub(crate) fn append(file: &Path, line: &str) {
    let mut file = OpenOptions::new().create(true).append(true).open(file).unwrap();
    file.write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// The lines of a file, each split at its first space.
pub(crate) fn lines(file: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(file).unwrap_or_default();
    let pair = |line: &str| line.split_once(' ').map(|(thread, rest)| (thread.to_owned(), rest.to_owned()));
    text.lines().filter_map(pair).collect()
}
