//! Processes that are killed at random moments, and go on in the next one: nothing that was saved is lost, and nothing is
//! written twice.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod check;
mod early;
mod files;
mod worker;

use std::process::{Command, Stdio};
use std::time::Duration;

use self::check::check;
use self::files::Files;

/// How often processes are killed.
const KILLS: usize = 200;
/// How often, until the planted bug has to be seen.
const KILLS_OF_THE_BUG: usize = 60;
/// The longest that a process lives, in microseconds. A thread takes a few of these.
const LIFE: u64 = 90_000;

/// Runs threads, each in processes that are killed until one has come to its end, and checks them all.
fn kill_and_check(kills: usize, has_bug: bool) -> Result<(), String> {
    let seed = std::env::var("CRASH_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    println!("CRASH_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let folder = tempfile::tempdir().unwrap();
    let files = Files::of(folder.path());
    let (mut killed, mut threads) = (0, 0);
    while killed < kills {
        let thread = format!("t{threads}");
        threads += 1;
        loop {
            let mut worker = Command::new(std::env::current_exe().unwrap());
            worker.args(["--exact", "a_process_runs_a_thread_to_its_end", "--ignored"]);
            worker.env(worker::FOLDER, folder.path()).env(worker::THREAD, &thread);
            if has_bug {
                worker.env(worker::BUG, "1");
            }
            let mut worker = worker.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_micros(random.u64(5_000..LIFE)));
            if let Some(status) = worker.try_wait().unwrap() {
                if !status.success() {
                    return Err(format!("a process failed by itself on thread {thread}: {status}"));
                }
                break;
            }
            worker.kill().unwrap();
            worker.wait().unwrap();
            killed += 1;
        }
    }
    check(&files, threads, killed)
}

#[test]
fn nothing_is_lost_or_doubled_when_processes_are_killed() {
    kill_and_check(KILLS, false).unwrap();
}

#[test]
fn a_saver_that_answers_before_it_has_saved_is_seen() {
    let seen = kill_and_check(KILLS_OF_THE_BUG, true).unwrap_err();
    assert!(seen.contains("are lost that were acknowledged"), "{seen}");
}

/// The process that is killed.
#[test]
#[ignore = "started by the tests above"]
fn a_process_runs_a_thread_to_its_end() {
    worker::run();
}
