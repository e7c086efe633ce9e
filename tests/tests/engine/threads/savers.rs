//! What runs ask of a saver beyond its log: ids, leases, lineages, listings.

use std::time::Duration;

use graph_core::Error;
use graph_core::checkpoint::{
    CheckpointError, Checkpointer, HistoryQuery, Lineage, MAX_THREAD_ID, Record, Saver, Source, StepRecord,
    ThreadsQuery,
};
use graph_core::prelude::*;
use uuid::Uuid;

use crate::kit::{Line, Log, RecordingSaver, line, nothing};

const LONG: Duration = Duration::from_hours(1);

#[node]
fn one() -> Line {
    line("one")
}

graph! {
    One<Log> {
        START -> one -> END;
    }
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A checkpoint of a tree: `number` follows `parent`.
fn checkpoint(number: u128, after: Option<u128>, parent: Option<u128>, snapshot: Option<u8>) -> Record {
    let mut step = StepRecord::new(parent.map(id), number as i64, Source::Loop);
    step.snapshot = snapshot.map(|byte| vec![byte; 10]);
    Record::step(id(number), after.map(id), 7, step)
}

fn numbers(records: &[Record]) -> Vec<u128> {
    records.iter().map(|record| record.id.as_u128()).collect()
}

fn checkpoint_error(error: Error) -> CheckpointError {
    match error {
        Error::Checkpoint(error) => error,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn an_id_that_no_thread_can_have_is_one_error_and_no_saver_is_called() {
    let recorder = RecordingSaver::default();
    let app = One::new().checkpointer(recorder.clone());
    let long = "é".repeat(MAX_THREAD_ID / 2) + "x";
    for bad in ["", "a\0b", &long] {
        let errors = [
            app.thread(bad).run(nothing()).await.err().unwrap(),
            app.thread(bad).state().await.err().unwrap(),
            app.delete_thread(bad).await.err().unwrap(),
            app.saver().copy("t", bad).await.unwrap_err().into(),
        ];
        for error in errors.map(checkpoint_error) {
            assert!(matches!(error, CheckpointError::InvalidThreadId { .. }), "{error}");
        }
    }
    assert_eq!(recorder.records(), []);
    let longest = "é".repeat(MAX_THREAD_ID / 2);
    app.thread(&*longest).run(nothing()).await.unwrap();
    assert_eq!(app.saver().threads(&ThreadsQuery::new()).await.unwrap()[0].id, longest);
}

#[tokio::test]
async fn a_run_under_a_lease_that_another_owner_took_over_saves_nothing() {
    let saver = MemorySaver::new();
    let app = One::new().checkpointer(saver.clone());
    let old = app.saver().lease("t", "worker 1", Duration::ZERO).await.unwrap();
    let thread = app.thread("t").with_lease(old.clone());
    assert_eq!(thread.run(nothing()).await.unwrap().log, ["one"], "its time has passed, but nobody took over");
    let before = saver.load("t", None).await.unwrap();

    let new = app.saver().lease("t", "worker 2", LONG).await.unwrap();
    assert!(new.epoch > old.epoch);
    let error = checkpoint_error(thread.run(nothing()).await.unwrap_err());
    assert!(
        matches!(&error, CheckpointError::StaleLease { owner, epoch, .. } if owner == "worker 1" && *epoch == old.epoch)
    );
    assert_eq!(saver.load("t", None).await.unwrap(), before);
    assert_eq!(app.thread("t").with_lease(new).run(nothing()).await.unwrap().log, ["one", "one"]);
    // Another owner is told how long it has to wait.
    let error = app.saver().lease("t", "worker 1", LONG).await.unwrap_err();
    let CheckpointError::Leased { owner, remaining, .. } = error else { panic!("{error}") };
    assert!(owner == "worker 2" && remaining <= LONG && !remaining.is_zero());
}

#[tokio::test]
async fn a_lineage_follows_parents_from_the_nearest_snapshot_on_not_the_log() {
    let saver = Saver::new(MemorySaver::new());
    // 1 - 2 - 3, and from 2 another branch: 4 - 5, with a snapshot at 4.
    let tree = [(1, None, Some(1)), (2, Some(1), None), (3, Some(2), None), (4, Some(2), Some(4)), (5, Some(4), None)];
    let mut last = None;
    for (number, parent, snapshot) in tree {
        saver.append("t", checkpoint(number, last, parent, snapshot), None).await.unwrap();
        last = Some(number);
    }
    for (at, lineage) in [(None, vec![4, 5]), (Some(3), vec![1, 2, 3]), (Some(4), vec![4]), (Some(1), vec![1])] {
        let Lineage { records, last, .. } = saver.load("t", at.map(id)).await.unwrap();
        assert_eq!((numbers(&records), last), (lineage, Some(id(5))), "{at:?}");
    }
    let error = saver.load("t", Some(id(9))).await.unwrap_err();
    assert!(matches!(error, CheckpointError::UnknownCheckpoint { checkpoint, .. } if checkpoint == id(9)));
    let query = HistoryQuery::new().before(id(5)).limit(2).without_snapshots();
    let history = saver.history("t", &query).await.unwrap();
    assert_eq!(numbers(&history), [4, 3]);
    assert!(!history[0].has_snapshot() && saver.size("t").await.unwrap() == 20);
}

#[tokio::test]
async fn an_input_has_its_own_checkpoint_in_the_history_and_is_restored_from_before() {
    let saver = MemorySaver::new();
    let app = One::new().checkpointer(saver.clone());
    app.thread("t").run(nothing()).await.unwrap();
    app.thread("t").run(nothing()).await.unwrap();
    let inputs = app.saver().history("t", &HistoryQuery::new().source(Source::Input)).await.unwrap();
    let steps: Vec<i64> = inputs.iter().map(Record::super_step).collect();
    assert_eq!(steps, [3, 0], "the records that apply the inputs 2 and -1");
    let found = app.saver().history("t", &HistoryQuery::new().step(-1)).await.unwrap();
    assert_eq!(found, inputs[1..]);
    let input = inputs[0].as_step().unwrap().input;
    let lineage = app.saver().load("t", input).await.unwrap().records;
    let steps: Vec<i64> = lineage.iter().map(Record::super_step).collect();
    assert_eq!(steps, [0, 1, 3]);
}
