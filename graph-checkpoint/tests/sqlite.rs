//! What is particular to SQLite: restarts, several connections, damage, versions of the tables.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

use std::path::Path;

use graph_checkpoint::SqliteSaver;
use graph_core::Error;
use graph_core::checkpoint::{CheckpointError, Checkpointer, Record, Source, StepRecord};
use graph_core::prelude::*;
use rusqlite::Connection;
use uuid::Uuid;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Trip {
    #[state(input)]
    is_open: bool,
    #[state(reduce = Append)]
    booked: Vec<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Trip)]
struct Booked {
    booked: Vec<String>,
}

#[node]
fn hotel(_: &Trip) -> Booked {
    Booked { booked: vec!["hotel".into()] }
}

#[node]
fn flight(_: &Trip) -> Booked {
    Booked { booked: vec!["flight".into()] }
}

graph! {
    Trips<Trip> {
        START -> hotel -> flight -> END;
    }
}

#[tokio::test]
async fn a_thread_goes_on_in_the_middle_of_a_run_after_its_file_was_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("threads.db");
    {
        let app = Trips::new().checkpointer(SqliteSaver::open(&path).await.unwrap());
        let run = app.thread("t").run(TripInput { is_open: true }).interrupt_before([TripsNode::Flight]);
        assert!(matches!(run.outcome().await.unwrap(), Outcome::Interrupted(_)));
    }
    let app = Trips::new().checkpointer(SqliteSaver::open(&path).await.unwrap());
    let thread = app.thread("t");
    let saved = thread.state().await.unwrap();
    assert_eq!((saved.values.booked.len(), saved.next, saved.step), (1, vec![TripsNode::Flight], 1));
    let done = thread.continue_run().await.unwrap();
    assert_eq!((done.booked, done.is_open), (vec!["hotel".to_owned(), "flight".to_owned()], true));
    assert!(app.saver().size("t").await.unwrap() > 0);
    app.delete_thread("t").await.unwrap();
    let rows: i64 = open(&path).query_row("SELECT count(*) FROM snapshots", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 0, "nothing of a deleted thread is left");
}

#[tokio::test]
async fn a_thread_longer_than_its_snapshots_are_apart_is_restored() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("threads.db");
    for turn in 1..=30 {
        let app = Trips::new().checkpointer(SqliteSaver::open(&path).await.unwrap());
        let state = app.thread("t").run(TripInput { is_open: true }).await.unwrap();
        assert_eq!(state.booked.len(), 2 * turn);
    }
    let snapshots: i64 = open(&path).query_row("SELECT count(*) FROM snapshots", [], |row| row.get(0)).unwrap();
    assert!((2..=5).contains(&snapshots), "{snapshots} snapshots in 90 checkpoints");
}

fn open(path: &Path) -> Connection {
    Connection::open(path).unwrap()
}

fn record(number: u128, after: Option<u128>) -> Record {
    let mut step = StepRecord::new(after.map(Uuid::from_u128), number as i64, Source::Loop);
    step.snapshot = Some(vec![5; 20]);
    Record::step(Uuid::from_u128(number), after.map(Uuid::from_u128), 0, step)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn savers_that_create_and_write_one_file_at_the_same_time_wait_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("threads.db");
    let writers = (0..6).map(|writer| {
        let path = path.clone();
        tokio::spawn(async move {
            let saver = SqliteSaver::open(&path).await.unwrap();
            let thread = format!("thread {writer}");
            for number in 1..=20 {
                saver.append(&thread, record(number, (number > 1).then(|| number - 1)), None).await.unwrap();
            }
            saver.load(&thread, None).await.unwrap().last
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        assert_eq!(writer.await.unwrap(), Some(Uuid::from_u128(20)));
    }
}

#[tokio::test]
async fn a_damaged_body_is_an_error_that_names_thread_and_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("threads.db");
    let saver = SqliteSaver::open(&path).await.unwrap();
    saver.append("t", record(1, None), None).await.unwrap();
    for damage in
        ["UPDATE checkpoints SET body = CAST(replace(body, x'01', x'02') AS BLOB)", "UPDATE snapshots SET body = x''"]
    {
        saver.copy("t", "copy").await.unwrap();
        open(&path).execute(damage, []).unwrap();
        let error = saver.load("copy", None).await.unwrap_err();
        assert!(matches!(&error, CheckpointError::Damaged { thread, .. } if thread == "copy"), "{damage}: {error}");
        let thread = Trips::new().checkpointer(saver.clone()).thread("copy");
        let error = thread.continue_run().await.unwrap_err();
        assert!(matches!(error, Error::Checkpoint(CheckpointError::Damaged { .. })), "{error}");
        for thread in ["t", "copy"] {
            saver.delete(thread, None).await.unwrap();
        }
        saver.append("t", record(1, None), None).await.unwrap();
    }
}

#[tokio::test]
async fn tables_of_a_later_release_and_files_that_are_no_database_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("threads.db");
    drop(SqliteSaver::open(&path).await.unwrap());
    open(&path).pragma_update(None, "user_version", 99).unwrap();
    let error = SqliteSaver::open(&path).await.unwrap_err();
    assert!(error.to_string().contains("version 99"), "{error}");
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "these are no tables ".repeat(100)).unwrap();
    let error = SqliteSaver::open(&text).await.unwrap_err();
    assert!(matches!(error, CheckpointError::Saver(_)), "{error}");
}
