//! Whole short runs, one after the other and a thousand at a time, against the same loop in a plain async fn.

use graph_core::prelude::*;
use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;

use crate::table::{Budget, On, Table};

const STEPS: u64 = 10;
const RUNS: u64 = 20_000;
const CONCURRENT: u64 = 1_000;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Count {
    #[state(input)]
    n: u64,
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
    Ten<Count> {
        START -> count;
        count -> |Count { n, .. }| if n % STEPS != 0 { count } else { END };
    }
}

/// The loop that a user would write: run a boxed step, apply, decide. (Without the box, the compiler takes ten steps
/// apart to nothing.)
async fn ten_by_hand(n: u64) -> Count {
    let mut state = Count { n };
    loop {
        let step: Pin<Box<dyn Future<Output = Counted> + Send + '_>> = Box::pin(count(&state));
        let update = step.await;
        state.n = update.n;
        if state.n.is_multiple_of(STEPS) {
            return state;
        }
    }
}

async fn ours() -> u64 {
    let app = Ten::new();
    let mut sum = 0;
    for run in 0..RUNS {
        sum += app.run(CountInput { n: run * STEPS }).await.expect("no node fails").n;
    }
    sum
}

async fn by_hand() -> u64 {
    let mut sum = 0;
    for run in 0..RUNS {
        // In a box, as a run is: it is passed on, kept and dropped.
        sum += Box::pin(ten_by_hand(run * STEPS)).await.n;
    }
    sum
}

async fn ours_concurrent() -> u64 {
    let app = Ten::new();
    let runs: Vec<_> = (0..CONCURRENT).map(|run| app.run(CountInput { n: run * STEPS }).spawn()).collect();
    let mut sum = 0;
    for run in runs {
        sum += run.await.expect("no node fails").n;
    }
    sum
}

async fn by_hand_concurrent() -> u64 {
    let runs: Vec<_> = (0..CONCURRENT).map(|run| tokio::spawn(ten_by_hand(run * STEPS))).collect();
    let mut sum = 0;
    for run in runs {
        sum += run.await.expect("no task panics").n;
    }
    sum
}

pub(crate) fn cases(table: &mut Table) {
    for on in On::BOTH {
        table.compare("d run of ten steps", on, Budget::Nanoseconds(800.0), RUNS as usize, ours, by_hand);
        // On one thread, tokio's own cost of a task is too small to say anything: there it is the run alone.
        let budget = if matches!(on, On::Threads) { Budget::Ratio(1.67) } else { Budget::Shown };
        let runs = CONCURRENT as usize;
        table.compare("d 1,000 concurrent runs", on, budget, runs, ours_concurrent, by_hand_concurrent);
    }
}
