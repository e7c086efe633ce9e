//! Tests of the corpus runner: it must report programs that do not meet their expectations.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use graph_tests::ui::{self, Corpus, Failure, Mode, Options};

/// For each planted bug, the program and the required text in the report.
const BUGS: [(&str, &[&str]); 8] = [
    ("fail/compiles", &["it compiles, and must not"]),
    ("fail/left_over", &["belongs to no program"]),
    (
        "fail/other",
        &["-  --> tests/runner/planted/fail/other.rs:3:18", "+  --> tests/runner/planted/fail/other.rs:3:17"],
    ),
    ("fail/unwritten", &["no `.stderr`", "+ error[E0425]: cannot find function `nothing`"]),
    ("fail/warns", &["+ warning: unused import: `std::fmt`"]),
    ("pass/mistyped", &["does not compile", "cannot find function `nothing`"]),
    ("pass/panics", &["does not run to a good end", "before", "planted"]),
    ("pass/runs", &["belongs to no program"]),
];

fn corpus(root: PathBuf, name: &str) -> Corpus {
    Corpus { root, out: Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), mode: Mode::Compare }
}

fn planted(name: &str) -> Corpus {
    corpus(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/runner/planted"), name)
}

fn run(corpus: &Corpus) -> Vec<(String, Failure)> {
    ui::run(corpus, &Options { quiet: true, ..Options::default() }).failures
}

#[test]
fn every_planted_bug_is_reported_and_nothing_else() {
    let failures = run(&planted("planted"));
    let names: Vec<_> = failures.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, BUGS.map(|(name, _)| name));
    for ((name, failure), (_, words)) in failures.iter().zip(BUGS) {
        let text = failure.to_string();
        assert!(words.iter().all(|word| text.contains(word)), "{name}: {text}");
    }
}

#[test]
fn a_bug_fails_the_test_and_a_filter_leaves_it_out() {
    let main = |arguments: &[&str]| {
        ui::main(&planted("filtered"), arguments.iter().chain(&["--quiet"]).map(|&text| text.to_owned()))
    };
    assert_eq!(main(&["fail/other"]), ExitCode::FAILURE);
    assert_eq!(main(&["every_stderr_has_a_program"]), ExitCode::FAILURE);
    assert_eq!(main(&["fail/right"]), ExitCode::SUCCESS);
    assert_eq!(main(&["--exact", "right"]), ExitCode::SUCCESS);
    assert_eq!(main(&["--no-such-option"]), ExitCode::FAILURE);
}

#[test]
fn overwriting_writes_down_what_rustc_says_and_mends_nothing_else() {
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("planted-copy");
    let original = planted("").root;
    if copy.exists() {
        fs::remove_dir_all(&copy).unwrap();
    }
    for folder in ["fail", "pass"] {
        fs::create_dir_all(copy.join(folder)).unwrap();
        for file in fs::read_dir(original.join(folder)).unwrap().map(|entry| entry.unwrap()) {
            fs::copy(file.path(), copy.join(folder).join(file.file_name())).unwrap();
        }
    }
    let compare = corpus(copy.clone(), "overwritten");
    let expected = ["fail/compiles", "fail/left_over", "pass/mistyped", "pass/panics", "pass/runs"];
    for failures in [run(&Corpus { mode: Mode::Overwrite, ..corpus(copy.clone(), "overwritten") }), run(&compare)] {
        let names: Vec<_> = failures.into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, expected);
    }
    let written = fs::read_to_string(copy.join("fail/unwritten.stderr")).unwrap();
    assert!(written.starts_with("error[E0425]: cannot find function `nothing` in crate `graph_core`\n"), "{written}");
}
