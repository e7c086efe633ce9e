//! A run on a thread that is dropped at each of its polls, and after each part of its stream (RELIABILITY's test 38): its
//! nodes are dropped with it, nothing is written later, and the thread goes on from what is saved.

use std::collections::BTreeMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use graph_core::prelude::*;
use graph_core::thread::Snapshot;

use crate::kit::{Gauge, Line, Log, RecordingSaver, line, nothing};

/// The nodes that run now, how often each has ended, and what a blocking one waits for.
#[derive(Clone, Default)]
struct Watch {
    running: Gauge,
    ended: Arc<Mutex<BTreeMap<&'static str, usize>>>,
}

impl Watch {
    async fn work(&self, node: &'static str, yields: usize) -> Line {
        let _inside = self.running.enter();
        for _ in 0..yields {
            tokio::task::yield_now().await;
        }
        *self.ended.lock().unwrap().entry(node).or_default() += 1;
        line(node)
    }
}

#[node]
async fn first(cx: &Context<Steps>) -> Line {
    cx.deps().work("first", 2).await
}

#[node]
async fn quick(cx: &Context<Steps>) -> Line {
    cx.deps().work("quick", 0).await
}

#[node]
async fn slow(cx: &Context<Steps>) -> Line {
    cx.deps().work("slow", 40).await
}

#[node]
async fn last(cx: &Context<Steps>) -> Line {
    cx.deps().work("last", 1).await
}

graph! {
    Steps<Log, Watch> {
        START -> first -> [quick, slow];
        [quick, slow] -> last -> END;
    }
}

const LINES: [&str; 4] = ["first", "quick", "slow", "last"];

/// Polls a future so many times; `None` if it has not ended then.
async fn polled<T>(future: impl Future<Output = T>, times: usize) -> Option<T> {
    let mut future = pin!(future);
    for _ in 0..times {
        let polled = poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx))).await;
        if let Poll::Ready(value) = polled {
            return Some(value);
        }
        tokio::task::yield_now().await;
    }
    None
}

fn is_in_order(log: &[String]) -> bool {
    log.iter().map(String::as_str).eq(LINES.into_iter().take(log.len()))
}

/// What is wrong after a run was dropped: the thread is read, left alone, and continued.
async fn wrong_after(saver: &RecordingSaver, watch: &Watch, thread: &Thread<Steps>) -> Option<String> {
    if watch.running.inside() > 0 {
        return Some(format!("{} nodes run on", watch.running.inside()));
    }
    let saved: Snapshot<Steps> = thread.state().await.unwrap();
    let (records, before) = (saver.records().len(), watch.ended.lock().unwrap().clone());
    // Long enough for whatever was in flight.
    for _ in 0..60 {
        tokio::task::yield_now().await;
    }
    if saver.records().len() != records {
        return Some("something was written after the run was dropped".to_owned());
    }
    if !is_in_order(&saved.values.log) {
        return Some(format!("{:?} was saved", saved.values.log));
    }
    let run = if saved.id.is_none() { thread.run(nothing()) } else { thread.continue_run() };
    let log = match run.await {
        Ok(state) => state.log,
        Err(error) => return Some(format!("the thread does not go on: {error}")),
    };
    if log != LINES {
        return Some(format!("{log:?} is left at the end"));
    }
    let ended = watch.ended.lock().unwrap().clone();
    let is_saved =
        |node: &&str| saved.values.log.iter().any(|line| line == node) || done(&saved).any(|done| done == *node);
    let mut again = LINES.into_iter().filter(is_saved).filter(|node| ended.get(node) != before.get(node));
    again.next().map(|node| format!("{node} has run again, though what it wrote was saved"))
}

/// The nodes of the next step whose updates are saved.
fn done(saved: &Snapshot<Steps>) -> impl Iterator<Item = &'static str> {
    saved.tasks.iter().filter(|task| task.is_done).map(|task| task.node.name())
}

/// Drops a run after so many polls; `None` if it has ended before.
async fn dropped_after(polls: usize, saver: RecordingSaver) -> Option<Result<(), String>> {
    let watch = Watch::default();
    let thread = Steps::new(watch.clone()).checkpointer(saver.clone()).thread("t");
    if polled(thread.run(nothing()).into_future(), polls).await.is_some() {
        return None;
    }
    Some(
        wrong_after(&saver, &watch, &thread).await.map_or(Ok(()), |wrong| Err(format!("after {polls} polls: {wrong}"))),
    )
}

/// The number of polls that a run was dropped at, and what was wrong.
async fn at_each_poll(saver: impl Fn() -> RecordingSaver) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let mut polls = 0;
    while let Some(result) = dropped_after(polls, saver()).await {
        wrong.extend(result.err());
        polls += 1;
    }
    (polls, wrong)
}

#[tokio::test]
async fn at_any_poll() {
    for saver in [RecordingSaver::default, RecordingSaver::slow] {
        let (polls, wrong) = at_each_poll(saver).await;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(polls > 40, "only {polls}");
    }
}

#[tokio::test]
async fn a_saver_that_writes_later_is_seen() {
    let (_, wrong) = at_each_poll(RecordingSaver::late).await;
    assert!(wrong.iter().any(|wrong| wrong.contains("written after")), "{wrong:?}");
}

#[tokio::test]
async fn after_any_part_of_its_stream() {
    for parts in 0.. {
        let (saver, watch) = (RecordingSaver::slow(), Watch::default());
        let thread = Steps::new(watch.clone()).checkpointer(saver.clone()).thread("t");
        let mut stream = thread.run(nothing()).stream(Mode::ALL);
        let mut seen = 0;
        while seen < parts && stream.next().await.is_some() {
            seen += 1;
        }
        drop(stream);
        let wrong = wrong_after(&saver, &watch, &thread).await;
        assert!(wrong.is_none(), "after {parts} parts: {wrong:?}");
        if seen < parts {
            assert!(parts > 20, "only {parts}");
            return;
        }
    }
}

#[derive(Clone, Default)]
struct Blocks {
    running: Gauge,
    is_open: Arc<AtomicBool>,
}

#[node(blocking)]
fn blocks(cx: &Context<Blocking>) -> Line {
    let _inside = cx.deps().running.enter();
    while !cx.deps().is_open.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(1));
    }
    line("blocked")
}

graph! {
    Blocking<Log, Blocks> {
        START -> blocks -> END;
    }
}

/// Nothing can stop a thread: it ends by itself, and what it returns is dropped.
#[tokio::test]
async fn what_blocks_ends_detached_and_writes_nothing() {
    let (saver, deps) = (RecordingSaver::default(), Blocks::default());
    let thread = Blocking::new(deps.clone()).checkpointer(saver.clone()).thread("t");
    let mut stream = thread.run(nothing()).updates();
    let begun = async {
        while deps.running.inside() == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::select! {
        _ = stream.next() => panic!("it waits"),
        () = begun => {}
    }
    drop(stream);
    let records = saver.records().len();
    assert_eq!(deps.running.inside(), 1, "it is still there");
    deps.is_open.store(true, Ordering::SeqCst);
    while deps.running.inside() > 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    tokio::time::sleep(Duration::from_millis(5)).await;
    assert_eq!(saver.records().len(), records);
    assert!(thread.state().await.unwrap().values.log.is_empty());
    assert_eq!(thread.continue_run().await.unwrap().log, ["blocked"]);
}
