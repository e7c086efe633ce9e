//! Interrupts side by side and in a subgraph, answered some at a time, by runs that are dropped at random moments
//! (RELIABILITY's test 14): each answer reaches its interrupt, and no finished task runs again.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex};

use graph_core::interrupt::{Answers, InterruptId};
use graph_core::prelude::*;
use graph_core::run::OnThread;

use crate::kit::{Line, Log, RecordingSaver, line, nothing};

/// The number of threads.
const THREADS: usize = 150;

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Ask {
    who: String,
}

/// How often each node has come to its end.
#[derive(Clone, Default)]
struct Ends(Arc<Mutex<BTreeMap<&'static str, usize>>>);

impl Ends {
    fn count(&self, node: &'static str) -> Line {
        *self.0.lock().unwrap().entry(node).or_default() += 1;
        line(node)
    }
}

/// Asks in the name of a node, and waits for a while before and after.
macro_rules! asks {
    ($($node:ident in $graph:ident)*) => {
        $(
            #[node]
            async fn $node(_: &Log, cx: &Context<$graph>) -> NodeResult<Line> {
                tokio::task::yield_now().await;
                let answer = cx.interrupt(Ask { who: stringify!($node).to_owned() }).await?;
                tokio::task::yield_now().await;
                cx.deps().count(stringify!($node));
                Ok(line(format!("{}: {answer}", stringify!($node))))
            }
        )*
    };
}

asks!(x in Inner y in Inner p in Outer q in Outer);

#[node]
async fn between(_: &Log, cx: &Context<Inner>) -> Line {
    tokio::task::yield_now().await;
    cx.deps().count("between")
}

#[node]
async fn quick(_: &Log, cx: &Context<Outer>) -> Line {
    tokio::task::yield_now().await;
    cx.deps().count("quick")
}

#[node]
fn last(_: &Log, cx: &Context<Outer>) -> Line {
    cx.deps().count("last")
}

graph! {
    Inner<Log, Ends> {
        interrupt Ask;

        START -> between -> [x, y];
        [x, y] -> END;
    }
}

graph! {
    Outer<Log, Ends> {
        interrupt Ask;

        START -> [p, q, quick, Inner as inner];
        [p, q, quick, inner] -> last -> END;
    }
}

/// Polls a run for so many parts, and drops it; or to its end.
async fn drive(run: Run<Outer, OnThread>, parts: usize) {
    let mut parts_of = run.stream(Mode::ALL);
    for _ in 0..parts {
        match parts_of.next().await {
            Some(part) => drop(part.unwrap()),
            None => return,
        }
    }
}

/// Runs threads to their ends over a saver; says which node has ended more than once, or how many runs were dropped.
async fn drop_and_check(saver: RecordingSaver) -> Result<usize, String> {
    let seed = std::env::var("DROP_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| fastrand::u64(..));
    println!("DROP_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let (mut dropped, mut ids) = (0, HashSet::new());
    for number in 0..THREADS {
        let ends = Ends::default();
        // Another app each time, as after a restart.
        let thread = || Outer::new(ends.clone()).checkpointer(saver.clone()).thread(format!("t{number}"));
        let mut asked: BTreeMap<InterruptId, String> = BTreeMap::new();
        let mut is_new = true;
        loop {
            let thread = thread();
            let state = thread.state().await.unwrap();
            if state.id.is_some() && state.next.is_empty() && state.step > 0 {
                let expected = ["between", "x: to x", "y: to y", "p: to p", "q: to q", "quick", "last"];
                let mut log = state.values.log.clone();
                log[..6].sort();
                assert_eq!(
                    log,
                    {
                        let mut all = expected;
                        all[..6].sort_unstable();
                        all
                    },
                    "thread {number}"
                );
                break;
            }
            let waiting: Vec<_> = state.interrupts().cloned().collect();
            for waiting in &waiting {
                let OuterInterrupt::Ask(ask) = &waiting.value;
                let known = asked.entry(waiting.id).or_insert_with(|| ask.who.clone());
                assert_eq!(*known, ask.who, "an id is that of one interrupt");
            }
            let parts = if random.bool() { usize::MAX } else { random.usize(0..30) };
            dropped += usize::from(parts < usize::MAX);
            if state.id.is_none() || is_new {
                is_new = state.id.is_none() && parts < 3;
                drive(if state.id.is_none() { thread.run(nothing()) } else { thread.continue_run() }, parts).await;
            } else {
                let answers = waiting.iter().filter(|_| random.bool()).fold(Answers::new(), |answers, waiting| {
                    let OuterInterrupt::Ask(ask) = &waiting.value;
                    answers.to(waiting.id, format!("to {}", ask.who))
                });
                drive(thread.resume_with(answers), parts).await;
            }
        }
        assert_eq!(asked.len(), 4, "each asks once, under one id");
        assert!(asked.keys().all(|id| ids.insert(*id)), "no id is used twice");
        let ends = ends.0.lock().unwrap();
        if ends.values().any(|count| *count > 1) {
            return Err(format!("seed {seed}, thread {number}: {ends:?}"));
        }
    }
    println!("{THREADS} threads, {dropped} runs dropped");
    Ok(dropped)
}

#[tokio::test]
async fn each_answer_reaches_its_interrupt_and_no_finished_task_runs_again() {
    let dropped = drop_and_check(RecordingSaver::default()).await.unwrap();
    assert!(dropped > THREADS);
}

#[tokio::test]
async fn a_saver_that_loses_pending_writes_is_seen() {
    drop_and_check(RecordingSaver::losing_pending_writes()).await.unwrap_err();
}
