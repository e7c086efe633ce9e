//! What must not compile, and what the compiler must say.
//!
//! Each program under `ui/` makes one mistake, and its `.stderr` holds one error. The texts are those of one toolchain.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn mistakes_do_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("tests/ui/pass/*.rs");
    for topic in ["flow", "names", "node", "reducer", "shape", "state", "types", "update"] {
        cases.compile_fail(format!("tests/ui/{topic}/*.rs"));
    }
}

/// Mistakes about a state itself, which everything that mentions the state repeats: rustc checks the bounds of `State`
/// again wherever a type is said to be one, and a field's type again wherever it is named.
const REPEATED: [&str; 4] = [
    "state/not_default.stderr",
    "state/unknown_type.stderr",
    "types/state_without_derive.stderr",
    "update/not_a_state.stderr",
];

#[test]
fn one_mistake_is_one_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let mut outputs = Vec::new();
    collect(&root, &mut outputs);
    assert!(outputs.len() > 100, "only {} outputs", outputs.len());
    let repeated = |output: &Path| REPEATED.iter().any(|known| output.ends_with(known));
    let wrong: Vec<_> = outputs.iter().filter(|output| errors(output) != 1 && !repeated(output)).collect();
    assert!(wrong.is_empty(), "not one error each: {wrong:#?}");
}

/// The `.stderr` files below a folder.
fn collect(folder: &Path, outputs: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, outputs);
        } else if path.extension().is_some_and(|extension| extension == "stderr") {
            outputs.push(path);
        }
    }
}

fn errors(output: &Path) -> usize {
    fs::read_to_string(output).unwrap().lines().filter(|line| line.starts_with("error")).count()
}
