//! A step that nobody listens to, one that is saved in memory, and thousands of tasks in one step.

use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};

use graph_core::prelude::*;

use crate::table::{Budget, On, Table};

const STEPS: u64 = 100_000;
const SAVED_STEPS: u64 = 10_000;
const TASKS: [u64; 3] = [1_000, 10_000, 100_000];

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Count {
    #[state(input)]
    n: u64,
    #[state(input)]
    end: u64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Count)]
struct Counted {
    n: u64,
}

#[node]
async fn count(Count { n, .. }: &Count) -> Counted {
    Counted { n: black_box(n + 1) }
}

graph! {
    Loop<Count> {
        START -> count;
        count -> |Count { n, end }| if n < end { count } else { END };
    }
}

async fn alone() -> u64 {
    Loop::new().recursion_limit(usize::MAX).run(CountInput { n: 0, end: STEPS }).await.expect("no node fails").n
}

async fn alone_by_hand() -> u64 {
    let mut state = Count { n: 0, end: STEPS };
    while state.n < state.end {
        let step: Pin<Box<dyn Future<Output = Counted> + Send + '_>> = Box::pin(count(&state));
        let update = step.await;
        state.n = update.n;
    }
    state.n
}

async fn saved() -> u64 {
    // A thread a turn: what earlier turns saved is not read again.
    static TURN: AtomicU64 = AtomicU64::new(0);
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    let app = Loop::new().recursion_limit(usize::MAX).checkpointer(MemorySaver::new());
    let run = app.thread(turn.to_string()).run(CountInput { n: 0, end: SAVED_STEPS });
    run.await.expect("no node fails").n
}

async fn saved_by_hand() -> u64 {
    let mut log: Vec<Vec<u8>> = Vec::new();
    let mut state = Count { n: 0, end: SAVED_STEPS };
    while state.n < state.end {
        let update = count(&state).await;
        log.push(serde_json::to_vec(&update).expect("it is JSON"));
        state.n = update.n;
    }
    black_box(log);
    state.n
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Work {
    #[state(input)]
    tasks: u64,
    #[state(reduce = Sum)]
    sum: u64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Work)]
struct Worked {
    sum: u64,
}

#[node]
async fn work(item: u64) -> Worked {
    Worked { sum: black_box(item) }
}

graph! {
    Many<Work> {
        START -> |Work { tasks, .. }| for item in 0..*tasks { work(item) };
        work -> END;
    }
}

async fn many(tasks: u64) -> u64 {
    Many::new().run(WorkInput { tasks }).await.expect("no node fails").sum
}

async fn many_by_hand(tasks: u64) -> u64 {
    let mut updates = Vec::new();
    for item in 0..tasks {
        updates.push(work(item).await);
    }
    updates.into_iter().map(|update| update.sum).sum()
}

pub(crate) fn cases(table: &mut Table) {
    for on in On::BOTH {
        table.compare("e step without a stream", on, Budget::Nanoseconds(40.0), STEPS as usize, alone, alone_by_hand);
        table.compare("e step saved in memory", on, Budget::Shown, SAVED_STEPS as usize, saved, saved_by_hand);
        for tasks in TASKS {
            let case = format!("f {tasks} tasks of a `for` edge");
            table.compare(&case, on, Budget::Shown, tasks as usize, || many(tasks), || many_by_hand(tasks));
        }
    }
}
