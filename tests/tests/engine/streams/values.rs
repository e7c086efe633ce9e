//! Values: the whole state after each step, shared and not cloned.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use graph_core::prelude::*;

use crate::kit::items;

/// Counts how often it is cloned in the whole run.
#[derive(Debug, Default)]
struct Counting(Arc<AtomicUsize>);

impl Clone for Counting {
    fn clone(&self) -> Self {
        self.0.fetch_add(1, Ordering::SeqCst);
        Self(self.0.clone())
    }
}

#[derive(State, Clone, Debug, Default)]
struct Counted {
    #[state(input)]
    clones: Counting,
    #[state(input)]
    n: u64,
    #[state(reduce = Append)]
    log: Vec<u64>,
}

#[derive(Update, Clone, Debug)]
#[update(Counted)]
struct N {
    n: u64,
}

#[derive(Update, Clone, Debug)]
#[update(Counted)]
struct Logged {
    log: Vec<u64>,
}

#[node]
fn count(Counted { n, .. }: &Counted) -> N {
    N { n: n + 1 }
}

#[node]
async fn log(Counted { n, .. }: &Counted) -> Logged {
    tokio::task::yield_now().await;
    Logged { log: vec![*n] }
}

graph! {
    Counter<Counted> {
        START -> count -> [log, log as again];
        log -> |Counted { n, .. }| if *n < 5 { count } else { END };
        again -> END;
    }
}

fn input() -> (Arc<AtomicUsize>, CountedInput) {
    let clones = Arc::default();
    (Arc::clone(&clones), CountedInput { clones: Counting(clones), n: 0 })
}

#[tokio::test]
async fn while_nobody_keeps_a_snapshot_the_state_is_not_copied() {
    let (clones, given) = input();
    assert_eq!(Counter::new().run(given).await.unwrap().log.len(), 10);
    assert_eq!(clones.load(Ordering::SeqCst), 0, "awaited");

    let (clones, given) = input();
    let mut values = Counter::new().run(given).values();
    while let Some(value) = values.next().await {
        drop(value.unwrap());
    }
    assert_eq!((clones.load(Ordering::SeqCst), values.output().unwrap().n), (0, 5), "streamed");

    let (clones, given) = input();
    let mut updates = Counter::new().run(given).updates();
    while let Some(update) = updates.next().await {
        drop(update.unwrap());
    }
    assert_eq!(clones.load(Ordering::SeqCst), 0, "streamed as updates");
}

#[tokio::test]
async fn a_snapshot_that_is_kept_does_not_change() {
    let (clones, given) = input();
    let kept = items(Counter::new().run(given).values()).await;
    let seen: Vec<_> = kept.iter().map(|state| (state.n, state.log.len())).collect();
    let expected: Vec<_> = std::iter::once((0, 0))
        .chain((1..=5_u64).flat_map(|n| [(n, 2 * n as usize - 2), (n, 2 * n as usize)]))
        .collect();
    assert_eq!(seen, expected);
    // Once a step: the one clone that each kept snapshot costs.
    assert_eq!(clones.load(Ordering::SeqCst), 10);
}

#[tokio::test]
async fn one_kept_snapshot_costs_one_copy() {
    let (clones, given) = input();
    let mut values = Counter::new().run(given).values();
    let first = values.next().await.unwrap().unwrap();
    let state = values.finish().await.unwrap();
    assert_eq!((first.n, state.n, clones.load(Ordering::SeqCst)), (0, 5, 1));
}

mod quiet {
    use super::*;

    /// Writes only every other time.
    #[node]
    fn sometimes(Counted { n, log, .. }: &Counted) -> CountedUpdate {
        let update = CountedUpdate::default();
        if log.len() as u64 == *n { update.n(n + 1) } else { update.log(vec![*n]) }
    }

    #[node]
    fn silent(_: &Counted) -> CountedUpdate {
        CountedUpdate::default()
    }

    graph! {
        Quiet<Counted> {
            START -> silent -> sometimes;
            sometimes -> |Counted { log, .. }| if log.len() < 2 { silent as still } else { END };
            still -> sometimes;
        }
    }

    #[tokio::test]
    async fn a_step_that_writes_nothing_has_no_values() {
        let (_, given) = input();
        let values = items(Quiet::new().run(given).values()).await;
        let seen: Vec<_> = values.iter().map(|state| (state.n, state.log.len())).collect();
        assert_eq!(seen, [(0, 0), (1, 0), (1, 1), (2, 1), (2, 2)]);
        let (_, given) = input();
        let updates = items(Quiet::new().run(given).updates()).await;
        assert_eq!(updates.len(), 8, "the updates tell of every node, whatever it wrote");
    }
}
