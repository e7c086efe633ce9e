//! Every mistake is one clear compile error, but for what only a run can see.
//!
//! `ui/catalogue.txt` lists for each mistake who reports it, its programs, and the text and token of the error. This
//! test compares the list with rustc's output, which `ui.rs` keeps current.
#![cfg(test)]

mod judge;
mod page;
mod read;

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use judge::Verdict;
use read::{Case, Row};

pub(crate) fn ui() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui")
}

/// rustc's output for a program.
fn output(case: &Case) -> Verdict {
    let path = ui().join(&case.name);
    let read = |extension: &str| fs::read_to_string(path.with_extension(extension)).unwrap_or_default();
    judge::judge(case, &read("rs"), &read("stderr"))
}

#[test]
fn every_row_is_right() {
    let rows = read::rows(&fs::read_to_string(ui().join("catalogue.txt")).unwrap());
    let mut table = String::from("row | by  | cases | errors | caret | mistake\n");
    let mut wrong = Vec::new();
    for row in &rows {
        let Row { number, by, mistake, waits, run_time, cases } = row;
        let waits = waits.as_ref().map(|what| format!("waits for {what}"));
        if let Some(why) = waits.or_else(|| run_time.as_ref().map(|why| format!("at run time: {why}"))) {
            writeln!(table, "{number:>3} | {by:<3} |     - |      - |     - | {mistake} ({why})").unwrap();
            continue;
        }
        let verdicts: Vec<Verdict> = cases.iter().map(output).collect();
        let most = verdicts.iter().map(|verdict| verdict.errors).max().unwrap_or(0);
        let caret = if verdicts.iter().all(|verdict| verdict.caret) { "right" } else { "wrong" };
        writeln!(table, "{number:>3} | {by:<3} | {:>5} | {most:>6} | {caret} | {mistake}", cases.len()).unwrap();
        if cases.is_empty() {
            wrong.push(format!("row {number} has no case"));
        }
        for (case, verdict) in cases.iter().zip(verdicts) {
            wrong.extend(verdict.wrong.into_iter().map(|wrong| format!("row {number}, {}: {wrong}", case.name)));
        }
    }
    println!("{table}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rows_are_counted_and_waiting_is_an_exception() {
    let rows = read::rows(&fs::read_to_string(ui().join("catalogue.txt")).unwrap());
    let numbers: Vec<usize> = rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, (1..=rows.len()).collect::<Vec<_>>());
    assert!(rows.len() >= 70, "{} rows", rows.len());
    let waiting: Vec<usize> = rows.iter().filter(|row| row.waits.is_some()).map(|row| row.number).collect();
    assert!(waiting.iter().all(|row| [46, 50].contains(row)), "{waiting:?}");
    assert!(rows.iter().all(|row| row.waits.is_none() || row.cases.is_empty()), "what waits has no case");
    let at_run_time: Vec<usize> = rows.iter().filter(|row| row.run_time.is_some()).map(|row| row.number).collect();
    assert_eq!(at_run_time, [60, 69]);
    assert!(
        rows.iter().all(|row| row.run_time.is_none() || row.cases.is_empty()),
        "no program fails to compile for it"
    );
}

#[test]
fn every_program_is_in_the_catalogue() {
    let rows = read::rows(&fs::read_to_string(ui().join("catalogue.txt")).unwrap());
    let mut listed = HashSet::new();
    for case in rows.iter().flat_map(|row| &row.cases) {
        assert!(listed.insert(case.name.clone()), "`{}` is in the catalogue twice", case.name);
    }
    let mut missing = Vec::new();
    for folder in fs::read_dir(ui()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(ui()).unwrap().with_extension("").display().to_string();
            if path.extension().is_some_and(|extension| extension == "stderr") && !listed.contains(&name) {
                missing.push(name);
            }
        }
    }
    assert!(missing.is_empty(), "not in the catalogue: {missing:#?}");
}
