//! RELIABILITY's test 4: three tasks, two of them done, and the process is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use graph_core::checkpoint::RecordKind;
use graph_core::prelude::*;

use crate::kit::{Line, Log, RecordingSaver, line, nothing};

#[derive(Clone, Default)]
struct Office {
    is_open: Arc<AtomicBool>,
    executions: Arc<AtomicUsize>,
}

#[node]
async fn first(_: &Log, cx: &Context<Three>) -> Line {
    cx.deps().executions.fetch_add(1, Ordering::SeqCst);
    line("first")
}

#[node]
async fn second(_: &Log, cx: &Context<Three>) -> Line {
    cx.deps().executions.fetch_add(1, Ordering::SeqCst);
    tokio::task::yield_now().await;
    line("second")
}

#[node]
async fn third(_: &Log, cx: &Context<Three>) -> Line {
    cx.deps().executions.fetch_add(1, Ordering::SeqCst);
    while !cx.deps().is_open.load(Ordering::SeqCst) {
        tokio::task::yield_now().await;
    }
    line("third")
}

graph! {
    Three<Log, Office> {
        START -> [first, second, third];
        [first, second, third] -> END;
    }
}

fn saved(saver: &RecordingSaver) -> usize {
    let pending = |kind: &RecordKind| match kind {
        RecordKind::Pending(pending) => pending.writes.len(),
        _ => 0,
    };
    saver.records().iter().map(|record| pending(&record.kind)).sum()
}

#[tokio::test]
async fn only_the_task_that_was_cut_off_runs_again() {
    for round in 0..50 {
        let saver = if round % 2 == 0 { RecordingSaver::default() } else { RecordingSaver::slow() };
        let office = Office::default();
        let thread = || Three::new(office.clone()).checkpointer(saver.clone()).thread("t");
        let mut run = Box::pin(thread().run(nothing()).outcome());
        while saved(&saver) < 2 {
            tokio::select! {
                biased;
                _ = &mut run => panic!("the third task waits"),
                () = tokio::task::yield_now() => {}
            }
        }
        drop(run);
        assert_eq!(office.executions.load(Ordering::SeqCst), 3);
        office.is_open.store(true, Ordering::SeqCst);
        assert_eq!(thread().continue_run().await.unwrap().log, ["first", "second", "third"]);
        assert_eq!(office.executions.load(Ordering::SeqCst), 4, "round {round}");
    }
}

#[tokio::test]
async fn a_saver_that_loses_pending_writes_runs_them_all_again() {
    let (saver, office) = (RecordingSaver::losing_pending_writes(), Office::default());
    let thread = || Three::new(office.clone()).checkpointer(saver.clone()).thread("t");
    let mut run = Box::pin(thread().run(nothing()).outcome());
    for _ in 0..50 {
        tokio::select! {
            biased;
            _ = &mut run => panic!("the third task waits"),
            () = tokio::task::yield_now() => {}
        }
    }
    drop(run);
    office.is_open.store(true, Ordering::SeqCst);
    thread().continue_run().await.unwrap();
    assert_eq!(office.executions.load(Ordering::SeqCst), 6, "the test above would see it");
}
