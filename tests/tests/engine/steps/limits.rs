//! The recursion limit and the concurrency limit.

use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use tokio::time::sleep;

use crate::kit::{Gauge, Line, Log, given, line, nothing, read};

/// Writes the remaining steps.
#[node]
fn count(_: &Log, cx: &RunContext) -> Line {
    line(format!("{} left{}", cx.remaining_steps(), if cx.is_last_step() { ", last" } else { "" }))
}

graph! {
    Five<Log> {
        START -> count;
        // An endless loop does not compile.
        count -> |Log { log, .. }| if log.len() < 5 { count } else { END };
    }
}

#[tokio::test]
async fn a_run_may_take_exactly_as_many_steps_as_the_limit() {
    let state = Five::new().run(nothing()).recursion_limit(5).await.unwrap();
    assert_eq!(state.log, ["4 left", "3 left", "2 left", "1 left", "0 left, last"]);

    let (updates, error) = read(Five::new().run(nothing()).recursion_limit(4).updates()).await;
    assert_eq!(updates.len(), 4);
    let error = error.unwrap();
    assert!(
        matches!(&error, Error::RecursionLimit { graph: "Five", limit: 4, active } if active == &["count"]),
        "{error:?}"
    );
    assert!(error.to_string().contains("`Five` did not end within 4 steps; still waiting to run: count"), "{error}");
}

#[tokio::test]
async fn the_limit_is_counted_anew_when_a_run_is_continued() {
    let thread = Five::new().checkpointer(MemorySaver::new()).thread("t");
    for done in [2, 4] {
        let (updates, error) = match done {
            2 => read(thread.run(nothing()).recursion_limit(2).updates()).await,
            _ => read(thread.continue_run().recursion_limit(2).updates()).await,
        };
        assert_eq!(updates.len(), 2);
        assert!(matches!(error, Some(Error::RecursionLimit { limit: 2, .. })));
        let saved = thread.state().await.unwrap();
        assert_eq!((saved.values.log.len(), saved.next.as_slice()), (done, [FiveNode::Count].as_slice()));
    }
    let state = thread.continue_run().recursion_limit(1).await.unwrap();
    assert_eq!(state.log.last().map(String::as_str), Some("0 left, last"));
    assert_eq!(thread.state().await.unwrap().next, []);
}

#[tokio::test]
async fn a_second_turn_has_the_whole_limit_again() {
    let thread = Five::new().recursion_limit(5).checkpointer(MemorySaver::new()).thread("t");
    thread.run(nothing()).await.unwrap();
    let state = thread.run(given("again")).recursion_limit(1).await.unwrap();
    assert_eq!(state.log.len(), 7);
}

mod default {
    use super::*;

    #[derive(State, Clone, Debug, Default)]
    struct Count {
        #[state(input)]
        n: u64,
    }

    #[derive(Update, Clone, Debug)]
    #[update(Count)]
    struct N {
        n: u64,
    }

    #[node]
    fn next(Count { n }: &Count) -> N {
        N { n: n + 1 }
    }

    graph! {
        Long<Count> {
            START -> next;
            next -> |Count { n }| if *n < 10_000 { next } else { END };
        }
    }

    #[tokio::test]
    async fn the_limit_is_ten_thousand_where_nobody_says_otherwise() {
        assert_eq!(Long::new().run(CountInput { n: 0 }).await.unwrap().n, 10_000);
        let mut values = Long::new().run(CountInput { n: 0 }).recursion_limit(9_999).stream(Mode::none());
        assert!(matches!(values.next().await, Some(Err(Error::RecursionLimit { limit: 9_999, .. }))));
        assert!(values.output().is_none());
    }
}

mod width {
    use super::*;

    #[node]
    async fn work(item: u64, cx: &Context<Wide>) -> Line {
        let _inside = cx.deps().enter();
        // Of different lengths, so that slots become free one by one.
        sleep(Duration::from_millis(10 + item % 3)).await;
        line(item.to_string())
    }

    graph! {
        Wide<Log, Gauge> {
            START -> |_state| for item in 0..20 { work(item) };
            work -> END;
        }
    }

    fn all() -> Vec<String> {
        (0..20).map(|item: u64| item.to_string()).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn no_more_tasks_run_at_a_time_than_allowed_and_all_run() {
        // On both sides of the width from which only woken tasks are polled.
        for width in [1, 3, 9, 19] {
            let gauge = Gauge::default();
            let state = Wide::new(gauge.clone()).run(nothing()).max_concurrency(width).await.unwrap();
            assert_eq!((gauge.most(), gauge.entered(), gauge.inside()), (width, 20, 0));
            assert_eq!(state.log, all());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn without_a_bound_all_tasks_run_at_once() {
        let gauge = Gauge::default();
        let state = Wide::new(gauge.clone()).run(nothing()).await.unwrap();
        assert_eq!((gauge.most(), gauge.entered()), (20, 20));
        assert_eq!(state.log, all());
    }

    #[tokio::test(start_paused = true)]
    async fn a_bound_of_none_is_a_bound_of_one() {
        let gauge = Gauge::default();
        Wide::new(gauge.clone()).max_concurrency(0).run(nothing()).await.unwrap();
        assert_eq!((gauge.most(), gauge.entered()), (1, 20));
    }
}
