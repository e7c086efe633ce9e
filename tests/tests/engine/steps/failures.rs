//! A failed task ends its step: nothing of the step is applied, and the run ends with a complete error.

use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use tokio::time::sleep;

use crate::kit::{Gauge, Line, Log, given, line, nothing, read};

#[derive(Clone, Default)]
struct Mood {
    bad: Arc<AtomicBool>,
    inside: Gauge,
}

#[node]
fn first(_: &Log) -> Line {
    line("first")
}

/// Ends in the same step as the failing node, before it.
#[node]
fn quick(_: &Log) -> Line {
    line("quick")
}

#[node]
async fn fails(_: &Log, cx: &Context<Moody>) -> NodeResult<Line> {
    sleep(Duration::from_millis(10)).await;
    if cx.deps().bad.load(Ordering::SeqCst) {
        "seven".parse::<u32>()?;
    }
    Ok(line("fails"))
}

#[node]
async fn long(_: &Log, cx: &Context<Moody>) -> Line {
    let _inside = cx.deps().inside.enter();
    sleep(Duration::from_hours(1)).await;
    line("long")
}

graph! {
    Moody<Log, Mood> {
        START -> first -> [quick, fails, long];
        quick -> END;
        fails -> END;
        long -> END;
    }
}

fn bad() -> Mood {
    let mood = Mood::default();
    mood.bad.store(true, Ordering::SeqCst);
    mood
}

#[tokio::test(start_paused = true)]
async fn a_nodes_error_names_where_it_happened_and_keeps_its_source() {
    let mood = bad();
    let (updates, error) = read(Moody::new(mood.clone()).run(nothing()).updates()).await;
    let nodes: Vec<_> = updates.iter().map(|update| update.node().name()).collect();
    assert_eq!(nodes, ["first", "quick"]);
    let error = error.unwrap();
    let text = "node `fails` of `Moody` failed in step 2: invalid digit found in string";
    assert_eq!(error.to_string(), text);
    let Error::Node { graph: "Moody", node: "fails", step: 2, attempt: 1, source } = &error else {
        panic!("{error:?}");
    };
    assert!(source.downcast_ref::<std::num::ParseIntError>().is_some());
    assert!(source.downcast_ref::<std::num::ParseFloatError>().is_none());
    assert_eq!(error.source().unwrap().to_string(), "invalid digit found in string");
    assert_eq!((mood.inside.entered(), mood.inside.inside()), (1, 0), "the sibling was dropped");
}

#[tokio::test(start_paused = true)]
async fn nothing_of_a_failed_step_is_applied() {
    let thread = Moody::new(bad()).checkpointer(MemorySaver::new()).thread("t");
    let (values, error) = read(thread.run(nothing()).values()).await;
    assert!(error.is_some());
    assert_eq!(values.last().unwrap().log, ["first"]);
    let saved = thread.state().await.unwrap();
    assert_eq!((saved.values.log.as_slice(), saved.step), (["first".to_owned()].as_slice(), 1));
    assert_eq!(saved.next, [MoodyNode::Fails, MoodyNode::Long], "what has ended does not run again");
}

#[tokio::test(start_paused = true)]
async fn a_failed_thread_can_be_continued_and_fails_again_until_the_cause_is_gone() {
    let mood = bad();
    let thread = Moody::new(mood.clone()).checkpointer(MemorySaver::new()).thread("t");
    thread.run(nothing()).await.unwrap_err();
    assert!(matches!(thread.continue_run().await, Err(Error::Node { step: 2, .. })));
    mood.bad.store(false, Ordering::SeqCst);
    assert_eq!(thread.continue_run().await.unwrap().log, ["first", "fails", "long", "quick"]);
}

#[tokio::test(start_paused = true)]
async fn a_failed_thread_can_be_run_again_from_start() {
    let mood = bad();
    let thread = Moody::new(mood.clone()).checkpointer(MemorySaver::new()).thread("t");
    thread.run(given("one")).await.unwrap_err();
    mood.bad.store(false, Ordering::SeqCst);
    let state = thread.run(given("two")).await.unwrap();
    assert_eq!(state.log, ["one", "first", "two", "first", "fails", "long", "quick"]);
}

mod panics {
    use super::*;

    #[node]
    async fn node_panics(_: &Log, cx: &Context<NodePanics>) -> Line {
        let _inside = cx.deps().enter();
        tokio::task::yield_now().await;
        panic!("at the {}", "disco")
    }

    #[node]
    async fn sibling(_: &Log, cx: &Context<NodePanics>) -> Line {
        let _inside = cx.deps().enter();
        sleep(Duration::from_hours(1)).await;
        line("sibling")
    }

    graph! {
        NodePanics<Log, Gauge> {
            START -> |Log { log, .. }| if log.is_empty() { node_panics } else { [node_panics, sibling] };
            node_panics -> END;
            sibling -> END;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_panic_of_a_node_is_an_error_of_the_run() {
        // Alone in its step, and beside another.
        for (input, entered) in [(nothing(), 1), (given("both"), 2)] {
            let gauge = Gauge::default();
            let thread = NodePanics::new(gauge.clone()).checkpointer(MemorySaver::new()).thread("t");
            let error = thread.run(input).await.unwrap_err();
            let text = "node `node_panics` of `NodePanics` panicked in step 1: at the disco";
            assert_eq!(error.to_string(), text);
            assert!(matches!(error, Error::Panic { graph: "NodePanics", step: 1, .. }));
            assert_eq!((gauge.entered(), gauge.inside()), (entered, 0));
            assert_eq!(thread.state().await.unwrap().next.len(), entered);
        }
    }

    #[node]
    fn before(_: &Log) -> Line {
        line("before")
    }

    graph! {
        RouterPanics<Log> {
            START -> |Log { log, .. }| if log[0] == "in" { before } else { END };
            before -> |Log { log, .. }| if log[7].is_empty() { before } else { END };
        }
    }

    #[tokio::test]
    async fn a_panic_of_a_router_is_an_error_and_its_step_is_not_applied() {
        let thread = RouterPanics::new().checkpointer(MemorySaver::new()).thread("t");
        let (values, error) = read(thread.run(given("in")).values()).await;
        let error = error.unwrap();
        assert!(matches!(&error, Error::Panic { graph: "RouterPanics", step: 1, .. }), "{error:?}");
        assert!(error.to_string().starts_with("a router behind `before` of `RouterPanics` panicked in step 1: "));
        assert_eq!(values.len(), 1, "the values of the step were not streamed");
        let saved = thread.state().await.unwrap();
        assert_eq!((saved.values.log.len(), saved.next.len()), (1, 0), "its only task has ended");
    }

    #[tokio::test]
    async fn a_panic_of_the_router_behind_start_is_an_error_and_nothing_is_saved() {
        let thread = RouterPanics::new().checkpointer(MemorySaver::new()).thread("t");
        let error = thread.run(nothing()).await.unwrap_err();
        assert!(error.to_string().starts_with("a router behind START of `RouterPanics` panicked in step 0: "));
        assert!(thread.state().await.unwrap().id.is_none());
    }
}

mod reducers {
    use super::*;

    #[reducer]
    fn small(current: &mut u64, new: u64) {
        assert!(new < 10, "{new} is too large");
        *current = new;
    }

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Small {
        #[state(input, reduce = small)]
        n: u64,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Small)]
    struct N {
        n: u64,
    }

    #[node]
    fn double(Small { n, .. }: &Small) -> N {
        N { n: n * 2 }
    }

    graph! {
        Doubling<Small> {
            START -> double;
            double -> |Small { n, .. }| if *n == 0 { END } else { double };
        }
    }

    #[tokio::test]
    async fn a_panic_of_a_reducer_is_an_error_and_its_step_is_not_applied() {
        let thread = Doubling::new().checkpointer(MemorySaver::new()).thread("t");
        let error = thread.run(SmallInput { n: 4 }).await.unwrap_err();
        let text = "a reducer behind node `double` of `Doubling` panicked in step 2: 16 is too large";
        assert_eq!(error.to_string(), text);
        assert_eq!(thread.state().await.unwrap().values.n, 8);
        let error = thread.run(SmallInput { n: 40 }).await.unwrap_err();
        assert_eq!(error.to_string(), "a reducer of the input of `Doubling` panicked in step 3: 40 is too large");
    }
}
