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

mod managed {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Search {
        #[state(reduce = Append)]
        log: Vec<String>,
        #[state(managed)]
        remaining: RemainingSteps,
        n: u64,
        #[state(managed)]
        #[serde(skip)]
        is_last: IsLastStep,
    }

    fn written(remaining: RemainingSteps, is_last: bool) -> SearchWrite::Log {
        SearchWrite::Log(vec![format!("{remaining} left{}", if is_last { ", last" } else { "" })])
    }

    #[node]
    fn look(Search { remaining, is_last, .. }: &Search, cx: &RunContext) -> SearchWrite::Log {
        assert_eq!(*remaining, cx.remaining_steps());
        written(*remaining, is_last.get())
    }

    /// Writes what there is: a managed field is no part of it.
    #[node]
    fn conclude(state: &Search) -> SearchUpdate {
        SearchUpdate::default().n(7).log(written(state.remaining, state.is_last.get()).0)
    }

    graph! {
        Searching<Search> {
            // Before the first step the whole limit is left.
            START -> |Search { remaining, .. }| if *remaining > 1 { look } else { conclude };
            look -> |Search { remaining, .. }| if *remaining > 1 { look } else { conclude };
            conclude -> END;
        }
    }

    #[tokio::test]
    async fn nodes_and_routers_see_how_many_steps_are_left() {
        let search = Searching::new().run(SearchUpdate::default()).recursion_limit(4).await.unwrap();
        assert_eq!(search.log, ["3 left", "2 left", "1 left", "0 left, last"]);
        assert_eq!((search.n, search.remaining.get(), search.is_last.get()), (7, 0, true));
        let search = Searching::new().run(SearchUpdate::default()).recursion_limit(1).await.unwrap();
        assert_eq!(search.log, ["0 left, last"]);
    }

    #[tokio::test]
    async fn a_part_of_the_stream_keeps_what_it_was_told() {
        let run = Searching::new().run(SearchUpdate::default()).recursion_limit(3);
        let values: Vec<_> = read(run.values()).await.0;
        assert_eq!(values.iter().map(|search| search.remaining.get()).collect::<Vec<_>>(), [3, 2, 1, 0]);
        let json = serde_json::to_value(&*values[1]).unwrap();
        assert_eq!(json, serde_json::json!({"log": ["2 left"], "remaining": 2, "n": 0}));
    }

    #[tokio::test]
    async fn it_is_not_saved_and_counted_anew_when_a_run_is_continued() {
        let thread = Searching::new().checkpointer(MemorySaver::new()).thread("t");
        let run = thread.run(SearchUpdate::default()).recursion_limit(9).interrupt_after([SearchingNode::Look]);
        drop(read(run.updates()).await);
        let saved = thread.state().await.unwrap();
        assert_eq!(
            (&*saved.values.log, saved.values.remaining),
            (["8 left".to_owned()].as_slice(), Default::default())
        );
        let search = thread.continue_run().recursion_limit(2).await.unwrap();
        assert_eq!(search.log, ["8 left", "1 left", "0 left, last"]);
    }

    #[derive(State, Clone, Debug, Default)]
    #[state(parent = Search)]
    struct Part {
        #[state(shared, reduce = Append)]
        log: Vec<String>,
        #[state(managed)]
        remaining: RemainingSteps,
    }

    #[node]
    fn part(Part { remaining, .. }: &Part) -> PartWrite::Log {
        PartWrite::Log(vec![format!("inside {remaining}")])
    }

    graph! {
        Parts<Part> {
            START -> part;
            part -> |Part { log, .. }| if log.len() % 3 == 0 { END } else { part };
        }
    }

    graph! {
        Around<Search> {
            START -> Parts as parts -> conclude -> END;
        }
    }

    graph! {
        Twice<Search> {
            START -> Searching as search -> conclude -> END;
        }
    }

    #[tokio::test]
    async fn a_subgraph_counts_its_own_steps() {
        let search = Around::new().run(SearchUpdate::default()).recursion_limit(5).await.unwrap();
        assert_eq!(search.log, ["inside 4", "inside 3", "inside 2", "3 left"]);
        let search = Twice::new().run(SearchUpdate::default()).recursion_limit(2).await.unwrap();
        assert_eq!(search.log, ["1 left", "0 left, last", "0 left, last"]);
    }

    #[test]
    fn a_test_of_a_node_says_how_many_are_left() {
        let state = Search { remaining: RemainingSteps::new(3), ..Search::default() };
        let write = conclude(&state).log;
        assert!(matches!(&write, graph_core::state::Write::Merge(log) if log == &["3 left"]), "{write:?}");
        assert_eq!(Search::default().remaining, usize::MAX);
    }
}
