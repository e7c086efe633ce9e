//! A process is aborted before and after each statement of `SqliteSaver`, commits included: every call is done or not, what was
//! acknowledged is there, and the next process goes on.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod statements;
mod work;

use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use self::work::{CALLS, acknowledged, expected, seen};

const WORKER: &str = "a_process_makes_all_calls";

/// Runs a worker; the point at which it is aborted, if there is one, and whether it acknowledges calls too early.
fn work(folder: &Path, point: Option<u64>, log: Option<&Path>, is_early: bool) -> ExitStatus {
    let mut worker = Command::new(std::env::current_exe().unwrap());
    worker.args(["--exact", WORKER, "--ignored"]).env(work::FOLDER, folder);
    if let Some(point) = point {
        worker.env("GRAPH_FAILPOINT", point.to_string());
    }
    if let Some(log) = log {
        worker.env("GRAPH_FAILPOINT_LOG", log);
    }
    if is_early {
        worker.env(work::EARLY, "1");
    }
    worker.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap()
}

/// Aborts a process at a point, and checks what it has left; `None` if there is no such point.
fn abort_at(point: u64, is_early: bool) -> Option<Result<(), String>> {
    let folder = tempfile::tempdir().unwrap();
    if work(folder.path(), Some(point), None, is_early).success() {
        return None;
    }
    let done = acknowledged(folder.path());
    let (left, done_or_one_more) = (seen(folder.path()), [expected(done), expected((done + 1).min(CALLS))]);
    if !done_or_one_more.contains(&left) {
        return Some(Err(format!(
            "point {point}, after {done} calls, left\n{left}\nin place of\n{}",
            done_or_one_more[0]
        )));
    }
    // The next process makes the call again that was cut off, if it is not done, and then the others.
    if !work(folder.path(), None, None, false).success() {
        return Some(Err(format!("point {point}: the next process failed")));
    }
    let end = seen(folder.path());
    Some(if end == expected(CALLS) { Ok(()) } else { Err(format!("point {point} ended with\n{end}")) })
}

/// The points, by two threads: there are two cores. A planted bug is looked for until it is seen.
fn abort_at_all(is_early: bool) -> (u64, Vec<String>) {
    let half = |first: u64| {
        std::thread::spawn(move || {
            let mut wrong = Vec::new();
            let mut point = first;
            while let Some(result) = abort_at(point, is_early) {
                wrong.extend(result.err());
                if is_early && !wrong.is_empty() {
                    break;
                }
                point += 2;
            }
            (point, wrong)
        })
    };
    let halves = [half(0), half(1)].map(|half| half.join().unwrap());
    let points = halves.iter().map(|(end, _)| *end).max().unwrap_or(0);
    (points, halves.into_iter().flat_map(|(_, wrong)| wrong).collect())
}

#[test]
fn a_process_that_is_aborted_at_any_statement_loses_nothing() {
    let (points, wrong) = abort_at_all(false);
    println!("{points} points");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(points > 100, "only {points}");
}

#[test]
fn calls_that_are_acknowledged_before_they_are_done_are_seen() {
    let (_, wrong) = abort_at_all(true);
    assert!(!wrong.is_empty());
}

/// A statement that is added to the saver, and that these calls do not reach, is one at which nobody has aborted.
#[test]
fn every_statement_of_the_source_is_a_point() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("statements");
    assert!(work(folder.path(), None, Some(&log), false).success());
    let missing = statements::missing(&std::fs::read_to_string(log).unwrap());
    assert!(missing.is_empty(), "no call of `work.rs` reaches\n{}", missing.join("\n"));
}

/// The process that is aborted.
#[test]
#[ignore = "started by the tests above"]
fn a_process_makes_all_calls() {
    work::run();
}
