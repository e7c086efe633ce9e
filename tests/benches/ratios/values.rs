//! The whole state after every step: a thousand messages of 1 KiB, of which each step replaces one.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use graph_core::message::{Messages, Role};
use graph_core::prelude::*;

use crate::table::{On, Table};

const MESSAGES: usize = 1_000;
const STEPS: usize = 2_000;
const RUNS: usize = 9;
/// The most that a step may take while every state is kept, in microseconds.
const BUDGET: f64 = 20.0;

static COPIES: AtomicUsize = AtomicUsize::new(0);

/// Counts how often the state that it is in is copied.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Copied;

impl Clone for Copied {
    fn clone(&self) -> Self {
        COPIES.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
    n: usize,
    copied: Copied,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Said {
    messages: Messages,
    n: usize,
}

fn message(n: usize) -> Message {
    let id = format!("m{}", n % MESSAGES);
    let text = format!("{n:04} of {STEPS:04} ").repeat(74);
    if n.is_multiple_of(2) { Message::user(text) } else { Message::assistant(text) }.with_id(id)
}

#[node]
async fn say(Chat { n, .. }: &Chat) -> Said {
    Said { messages: message(*n).into(), n: n + 1 }
}

graph! {
    Talk<Chat> {
        START -> say;
        say -> |Chat { n, .. }| if *n < STEPS { say } else { END };
    }
}

/// Runs to the end, and gives the microseconds of a step and the number of copies.
async fn run(keep: bool) -> (f64, usize) {
    let messages: Vec<_> = (0..MESSAGES).map(message).collect();
    let mut values = Talk::new().recursion_limit(usize::MAX).run(ChatInput { messages: messages.into() }).values();
    let mut kept: Vec<Arc<Chat>> = Vec::with_capacity(STEPS + 1);
    let (copies, start) = (COPIES.load(Ordering::Relaxed), Instant::now());
    while let Some(state) = values.next().await {
        let state = state.expect("no node fails");
        assert_eq!(state.messages.len(), MESSAGES);
        if keep {
            kept.push(state);
        }
    }
    let took = start.elapsed().as_secs_f64() * 1e6 / STEPS as f64;
    let last = values.output().expect("the run ends well");
    assert_eq!((last.n, last.messages[0].role()), (STEPS, Role::User));
    assert!(!keep || kept.iter().enumerate().all(|(n, state)| state.n == n), "each state stays as it was");
    (took, COPIES.load(Ordering::Relaxed) - copies)
}

pub(crate) fn cases(table: &mut Table) {
    let runtime = On::OneThread.runtime();
    for (case, keep) in [("d values, none kept", false), ("d values, all kept", true)] {
        if !table.wants(case) {
            continue;
        }
        let mut runs: Vec<_> = (0..RUNS).map(|_| runtime.block_on(run(keep))).collect();
        runs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (took, copies) = runs[RUNS / 2];
        if keep {
            let budget = format!("{BUDGET} us");
            table.row(case, &format!("{took:.1} us"), "-", &format!("{copies} c."), &budget, took > BUDGET);
        } else {
            let budget = "0 copies";
            table.row(case, &format!("{took:.1} us"), "-", &format!("{copies} c."), budget, copies > 0);
        }
    }
}
