//! Pruned threads: what is left, and that they go on.

use std::sync::{Arc, OnceLock};

use futures_util::StreamExt as _;
use graph_core::Error;
use graph_core::checkpoint::{CheckpointError, Checkpointer as _, HistoryQuery, Retention, ThreadsQuery, WholeState};
use graph_core::prelude::*;
use graph_core::thread::{DurableApp, Snapshot};
use uuid::Uuid;

use crate::kit::{Line, Log, RecordingSaver, given, line, nothing};

/// The app itself, so that a node prunes the thread that it runs on.
#[derive(Clone, Default)]
struct Own(Arc<OnceLock<DurableApp<Talk>>>);

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Name;

#[node]
async fn ask(Log { log }: &Log, cx: &Context<Talk>) -> NodeResult<Line> {
    if let Some(app) = cx.deps().0.get() {
        let id = cx.run().thread_id.clone().unwrap();
        app.thread(id).prune(Retention::last(1)).await.unwrap();
    }
    if log.last().is_some_and(|line| line == "who?") {
        return Ok(line(cx.interrupt(Name).await?));
    }
    Ok(line("asked"))
}

#[node]
fn beside() -> Line {
    line("beside")
}

#[node]
fn end() -> Line {
    line("end")
}

graph! {
    Talk<Log, Own> {
        interrupt Name;

        START -> [ask, beside];
        [ask, beside] -> end -> END;
    }
}

async fn all(thread: &Thread<Talk>) -> Vec<Snapshot<Talk>> {
    thread.history().map(Result::unwrap).collect().await
}

fn ids(snapshots: &[Snapshot<Talk>]) -> Vec<Uuid> {
    snapshots.iter().filter_map(|snapshot| snapshot.id).collect()
}

fn is_unknown<T>(result: &graph_core::Result<T>, checkpoint: Uuid) -> bool {
    matches!(result, Err(Error::Checkpoint(CheckpointError::UnknownCheckpoint { checkpoint: id, .. })) if *id == checkpoint)
}

/// A thread of some turns.
async fn talked(saver: &MemorySaver, turns: usize) -> Thread<Talk> {
    let thread = Talk::new(Own::default()).checkpointer(saver.clone()).thread("t");
    for turn in 0..turns {
        thread.run(given(&format!("turn {turn}"))).await.unwrap();
    }
    thread
}

#[tokio::test]
async fn exactly_the_last_checkpoints_are_left_and_the_thread_goes_on() {
    let saver = MemorySaver::new();
    let thread = talked(&saver, 20).await;
    let (before, state) = (all(&thread).await, thread.state().await.unwrap());
    let size = saver.size("t").await.unwrap();
    let pruned = thread.prune(Retention::last(5)).await.unwrap();
    assert_eq!((pruned.checkpoints, pruned.bytes), (55, size - saver.size("t").await.unwrap()));

    let left = all(&thread).await;
    // The oldest of the 5 has a snapshot; with two inputs among them, the later one's own checkpoint is left.
    assert_eq!(ids(&left), ids(&before)[..6]);
    assert_eq!(left[5].parent, before[5].parent, "it still names its parent");
    for (left, before) in left.iter().zip(&before) {
        assert_eq!((&left.values.log, left.step, &left.next), (&before.values.log, before.step, &before.next));
    }
    let gone = before[6].id.unwrap();
    assert!(is_unknown(&thread.at(gone).state().await, gone));
    assert!(is_unknown(&thread.at(gone).continue_run().await, gone));
    let update = TalkUpdate::End(line("late"));
    assert!(is_unknown(&thread.at(gone).update(update).await, gone));
    assert!(thread.history().before(gone).next().await.unwrap().is_err());

    assert_eq!(thread.state().await.unwrap().values, state.values);
    let log = thread.run(given("on")).await.unwrap().log;
    assert_eq!(log.len(), 20 * 4 + 4);
    assert_eq!(thread.prune(Retention::last(1_000)).await.unwrap().checkpoints, 0);
    let unknown = Talk::new(Own::default()).checkpointer(saver).thread("unknown");
    assert_eq!(unknown.prune(Retention::last(1)).await.unwrap().checkpoints, 0);
}

/// The suite's planted bug: without a snapshot of its own, the oldest kept checkpoint would have no state.
#[tokio::test]
async fn without_added_snapshots_what_is_needed_stays() {
    let saver = MemorySaver::new();
    let thread = talked(&saver, 9).await;
    let pruned = Talk::new(Own::default()).checkpointer(saver.clone()).saver().prune("t", &Retention::last(2)).await;
    assert_eq!(pruned.unwrap().checkpoints, 0, "the only snapshot is that of the first checkpoint");
    assert_eq!(thread.prune(Retention::last(2)).await.unwrap().checkpoints, 25);
    assert_eq!(saver.history("t", &HistoryQuery::new()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn all_branches_that_are_kept_are_restored() {
    let saver = MemorySaver::new();
    let thread = talked(&saver, 3).await;
    let history = all(&thread).await;
    let fork = history.iter().find(|snapshot| snapshot.step == 1).unwrap().id.unwrap();
    thread.at(fork).continue_run().await.unwrap();
    let before = all(&thread).await;
    thread.prune(Retention::last(4)).await.unwrap();
    let left = all(&thread).await;
    assert_eq!(saver.history("t", &HistoryQuery::new()).await.unwrap().len(), 4);
    for left in &left {
        let was = before.iter().find(|before| before.id == left.id).unwrap();
        assert_eq!((&left.values.log, &left.next, left.source), (&was.values.log, &was.next, was.source));
    }
    assert_eq!(thread.run(nothing()).await.unwrap().log.len(), 4 + 3);
}

#[tokio::test]
async fn a_thread_that_waits_for_an_answer_still_does() {
    let saver = MemorySaver::new();
    let thread = talked(&saver, 4).await;
    assert!(matches!(thread.run(given("who?")).outcome().await.unwrap(), Outcome::Interrupted(_)));
    thread.prune(Retention::last(1)).await.unwrap();
    let state = thread.state().await.unwrap();
    assert_eq!((state.interrupts().count(), state.next.clone()), (1, vec![TalkNode::Ask]));
    let log = thread.resume("ada".to_owned()).await.unwrap().log;
    assert_eq!(log[log.len() - 4..], ["who?", "ada", "beside", "end"]);
}

#[tokio::test]
async fn a_run_whose_thread_is_pruned_in_the_middle_ends_as_if_it_were_not() {
    let saver = RecordingSaver::slow();
    let own = Own::default();
    let app = Talk::new(own.clone()).checkpointer(saver);
    let thread = app.thread("t");
    for _ in 0..3 {
        thread.run(nothing()).await.unwrap();
    }
    let fork = all(&thread).await.iter().find(|snapshot| snapshot.step == 1).unwrap().id.unwrap();
    own.0.set(app.clone()).unwrap();
    for turn in 4..8 {
        assert_eq!(thread.run(nothing()).await.unwrap().log.len(), 3 * turn);
    }
    assert!(is_unknown(&thread.at(fork).continue_run().await, fork), "pruned long ago");
}

/// Prunes while a branch from an old checkpoint is being run.
#[tokio::test]
async fn a_branch_whose_beginning_is_pruned_under_it_saves_nothing() {
    let saver = MemorySaver::new();
    let thread = talked(&saver, 3).await;
    let fork = all(&thread).await.iter().find(|snapshot| snapshot.step == 1).unwrap().id.unwrap();
    let mut record = saver.load("t", Some(fork)).await.unwrap().records.pop().unwrap();
    let before = saver.load("t", None).await.unwrap();
    thread.prune(Retention::last(1)).await.unwrap();
    record.id = Uuid::now_v7();
    record.after = before.last;
    if let graph_core::checkpoint::RecordKind::Step(step) = &mut record.kind {
        (step.parent, step.snapshot) = (Some(fork), None);
    }
    let late = saver.append("t", record, None).await;
    assert!(matches!(late, Err(CheckpointError::UnknownCheckpoint { checkpoint, .. }) if checkpoint == fork));
    assert_eq!(saver.load("t", None).await.unwrap().last, before.last);
}

#[tokio::test]
async fn all_threads_are_pruned_page_by_page() {
    let saver = MemorySaver::new();
    let app = Talk::new(Own::default()).checkpointer(saver.clone());
    for number in 0..130 {
        app.thread(format!("t{number}")).run(nothing()).await.unwrap();
    }
    let sizes = async || {
        let threads = saver.threads(&ThreadsQuery::new()).await.unwrap();
        let mut bytes = 0;
        for thread in threads {
            bytes += saver.size(&thread.id).await.unwrap();
        }
        bytes
    };
    // So that something can be deleted.
    for number in 0..130 {
        app.thread(format!("t{number}")).prune(Retention::last(2)).await.unwrap();
    }
    let before = sizes().await;
    let pruned = app.saver().prune_all(&Retention::last(1)).await.unwrap();
    assert_eq!((pruned.checkpoints, pruned.bytes), (0, 0), "the snapshot is that of the one before");
    for number in 0..130 {
        app.thread(format!("t{number}")).run(nothing()).await.unwrap();
        let newest = saver.load(&format!("t{number}"), None).await.unwrap().records.pop().unwrap().id;
        saver.add_snapshot(&format!("t{number}"), newest, WholeState::new(vec![0x80])).await.unwrap();
    }
    let pruned = app.saver().prune_all(&Retention::last(1)).await.unwrap();
    assert_eq!(pruned.checkpoints, 130 * 4);
    assert!(pruned.bytes > 0 && sizes().await < before);
}
