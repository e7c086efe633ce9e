//! When a run is saved, and what it has saved at its end.

use graph_core::Error;
use graph_core::checkpoint::{CheckpointError, Record};
use graph_core::prelude::*;
use graph_core::thread::Durability;

use crate::kit::{Line, Log, RecordingSaver, given, line, nothing};

/// How many records are saved when it runs.
fn seen(name: &str, cx: &Context<Abc>) -> Line {
    line(format!("{name} {}", cx.deps().records().len()))
}

#[node]
async fn a(_: &Log, cx: &Context<Abc>) -> Line {
    seen("a", cx)
}

#[node]
fn b(_: &Log, cx: &Context<Abc>) -> Line {
    seen("b", cx)
}

#[node]
async fn c(_: &Log, cx: &Context<Abc>) -> Line {
    tokio::task::yield_now().await;
    seen("c", cx)
}

graph! {
    Abc<Log, RecordingSaver> {
        START -> a -> b -> c -> END;
    }
}

async fn run(durability: Durability) -> (Vec<String>, Vec<Record>) {
    let saver = RecordingSaver::slow();
    let app = Abc::new(saver.clone()).checkpointer(saver.clone()).durability(durability);
    let log = app.thread("t").run(nothing()).await.unwrap().log;
    // As after a restart.
    let again = Abc::new(saver.clone()).checkpointer(saver.clone()).thread("t").state().await.unwrap();
    assert_eq!(
        (again.values.log.clone(), again.step, again.next.len()),
        (log.clone(), 3, 0),
        "all is saved at the end"
    );
    (log, saver.records())
}

fn steps(records: &[Record]) -> Vec<i64> {
    records.iter().filter_map(|record| Some(record.as_step()?.step)).collect()
}

#[tokio::test]
async fn each_durability_saves_at_its_time() {
    let (log, records) = run(Durability::Sync).await;
    assert_eq!((log, steps(&records)), (vec!["a 1".into(), "b 2".into(), "c 3".into()], vec![0, 1, 2, 3]));
    let (log, records) = run(Durability::Async).await;
    assert_eq!((log, steps(&records)), (vec!["a 0".into(), "b 1".into(), "c 2".into()], vec![0, 1, 2, 3]));
    let (log, records) = run(Durability::Exit).await;
    assert_eq!((log, steps(&records)), (vec!["a 1".into(), "b 1".into(), "c 1".into()], vec![0, 3]));
    assert_eq!(records[1].as_step().unwrap().writes.len(), 3, "the updates of all steps");
}

#[tokio::test]
async fn a_run_can_differ_from_its_app() {
    let saver = RecordingSaver::default();
    let thread = Abc::new(saver.clone()).checkpointer(saver.clone()).thread("t");
    for _ in 0..3 {
        thread.run(given("again")).durability(Durability::Exit).await.unwrap();
    }
    assert_eq!(saver.records().len(), 6);
    let mut history = thread.history();
    let mut checkpoints = Vec::new();
    while let Some(snapshot) = history.next().await {
        checkpoints.push(snapshot.unwrap());
    }
    assert_eq!(checkpoints.len(), 9, "an input, the step that applies it, and the end of the run");
    assert!(checkpoints.windows(2).all(|pair| pair[0].parent == pair[1].id));
}

#[node]
async fn fails(_: &Log) -> NodeResult<Line> {
    tokio::task::yield_now().await;
    Err(NodeError::msg("closed"))
}

#[node]
fn beside(_: &Log) -> Line {
    line("beside")
}

#[node]
fn before(_: &Log) -> Line {
    line("before")
}

graph! {
    Fails<Log> {
        START -> before -> [fails, beside];
        [fails, beside] -> END;
    }
}

#[tokio::test]
async fn a_run_that_fails_has_saved_what_it_did() {
    for durability in [Durability::Sync, Durability::Async, Durability::Exit] {
        let thread = Fails::new().checkpointer(RecordingSaver::slow()).durability(durability).thread("t");
        thread.run(nothing()).await.unwrap_err();
        let state = thread.state().await.unwrap();
        assert_eq!(state.values.log, ["before"], "{durability:?}");
        assert_eq!(state.next, [FailsNode::Fails], "{durability:?}: its neighbour is done");
        assert_eq!(state.tasks.iter().filter(|task| task.error.is_some()).count(), 1, "{durability:?}");
    }
}

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Ask;

#[node]
async fn ask(_: &Log, cx: &Context<Asks>) -> NodeResult<Line> {
    Ok(line(cx.interrupt(Ask).await?))
}

graph! {
    Asks<Log> {
        interrupt Ask;

        START -> before -> ask -> END;
    }
}

#[tokio::test]
async fn a_run_that_is_interrupted_is_saved_first() {
    for durability in [Durability::Sync, Durability::Async, Durability::Exit] {
        let saver = RecordingSaver::slow();
        let app = Asks::new().checkpointer(saver.clone()).durability(durability);
        app.thread("t").run(nothing()).outcome().await.unwrap().interrupted().unwrap();
        let app = Asks::new().checkpointer(saver).durability(durability);
        assert_eq!(app.thread("t").resume("yes".to_owned()).await.unwrap().log, ["before", "yes"], "{durability:?}");
        assert!(app.thread("t").state().await.unwrap().next.is_empty(), "{durability:?}");
    }
}

#[tokio::test]
async fn a_save_that_fails_behind_the_last_step_fails_the_run() {
    for durability in [Durability::Sync, Durability::Async, Durability::Exit] {
        let saver = RecordingSaver::slow();
        let app = Abc::new(saver.clone()).checkpointer(saver).durability(durability);
        let (one, other) = (app.thread("t"), app.thread("t"));
        one.run(nothing()).await.unwrap();
        // Both begin at the same checkpoint, and one of them saves first.
        let (one, other) = tokio::join!(one.run(nothing()), other.run(nothing()));
        let errors = [one.err(), other.err()].into_iter().flatten();
        let conflicts =
            errors.filter(|error| matches!(error, Error::Checkpoint(CheckpointError::Conflict { .. }))).count();
        assert_eq!(conflicts, 1, "{durability:?}");
    }
}
