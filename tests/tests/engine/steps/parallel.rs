//! Nodes on several cores: `run.parallel()`, and `#[node(blocking)]`.

use std::future::Future as _;
use std::sync::{Arc, Barrier};
use std::task::{Context as Poller, Poll, Waker};
use std::time::Duration;

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::run::{Part, TaskState};
use tokio::time::timeout;

use crate::kit::{Gauge, Line, Log, items, line, nothing, read};

/// Two nodes that wait for each other on their threads: one thread alone would wait for ever.
struct Pair(Arc<Barrier>);

impl Pair {
    fn new() -> Self {
        Self(Arc::new(Barrier::new(2)))
    }
}

mod on_tasks {
    use super::*;

    #[node]
    fn left(cx: &Context<Both>) -> Line {
        cx.deps().0.wait();
        line("left")
    }

    #[node]
    async fn right(cx: &Context<Both>) -> Line {
        cx.deps().0.wait();
        line("right")
    }

    graph! {
        pub(super) Both<Log, Pair> {
            START -> [left, right];
            left -> END;
            right -> END;
        }
    }
}

mod on_the_pool {
    use super::*;

    #[node(blocking)]
    fn left(cx: &Context<Both>) -> Line {
        cx.deps().0.wait();
        line("left")
    }

    #[node(blocking)]
    fn right(cx: &Context<Both>) -> Line {
        cx.deps().0.wait();
        line("right")
    }

    graph! {
        pub(super) Both<Log, Pair> {
            START -> [left, right];
            left -> END;
            right -> END;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn parallel_tasks_run_on_threads_of_their_own() {
    let run = on_tasks::Both::new(Pair::new()).run(nothing()).parallel();
    let state = timeout(Duration::from_secs(30), run.into_future()).await.expect("both run at once").unwrap();
    assert_eq!(state.log, ["left", "right"]);
}

#[tokio::test]
async fn blocking_nodes_run_side_by_side_even_on_one_thread() {
    let run = on_the_pool::Both::new(Pair::new()).run(nothing());
    let state = timeout(Duration::from_secs(30), run.into_future()).await.expect("both run at once").unwrap();
    assert_eq!(state.log, ["left", "right"]);
}

#[node]
async fn count(item: u64, cx: &Context<Wide>) -> Line {
    let _inside = cx.deps().enter();
    for _ in 0..item % 4 {
        tokio::task::yield_now().await;
    }
    line(item.to_string())
}

#[node]
fn sum(Log { log }: &Log) -> Line {
    line(format!("{} items", log.len()))
}

graph! {
    Wide<Log, Gauge> {
        START -> |_| for item in 0..100 { count(item) };
        count -> sum -> END;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parallel_runs_give_the_same_result() {
    let app = Wide::new(Gauge::default());
    let expected = app.run(nothing()).await.unwrap();
    for _ in 0..20 {
        assert_eq!(app.run(nothing()).parallel().await.unwrap(), expected);
    }
    assert_eq!(expected.log.len(), 101);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn max_concurrency_bounds_parallel_tasks() {
    let gauge = Gauge::default();
    Wide::new(gauge.clone()).run(nothing()).parallel().max_concurrency(3).await.unwrap();
    assert!(gauge.most() <= 3, "{} at once", gauge.most());
    assert_eq!((gauge.entered(), gauge.inside()), (100, 0));
}

#[node]
async fn stuck(cx: &Context<Stops>) -> Line {
    let _inside = cx.deps().enter();
    std::future::pending().await
}

#[node]
async fn fails(cx: &Context<Stops>) -> NodeResult<Line> {
    while cx.deps().inside() == 0 {
        tokio::task::yield_now().await;
    }
    Err(NodeError::msg("no"))
}

#[node]
async fn panics(cx: &Context<Panics>) -> Line {
    panic!("{} fell over", cx.node())
}

#[node]
async fn waits(cx: &Context<Waits>) -> Line {
    let _inside = cx.deps().enter();
    std::future::pending().await
}

graph! {
    Waits<Log, Gauge> {
        START -> waits -> END;
    }
}

graph! {
    Stops<Log, Gauge> {
        START -> [stuck, fails];
        stuck -> END;
        fails -> END;
    }
}

graph! {
    Panics<Log> {
        START -> panics -> END;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failure_cancels_parallel_tasks_and_waits_until_they_are_dropped() {
    let gauge = Gauge::default();
    let (parts, error) = read(Stops::new(gauge.clone()).run(nothing()).parallel().stream(Mode::TASKS)).await;
    assert!(matches!(error, Some(Error::Node { node: "fails", .. })), "{error:?}");
    assert_eq!((gauge.entered(), gauge.inside()), (1, 0), "the cancelled node is dropped before the run ends");
    let cancelled = |part: &Part<Stops>| matches!(part, Part::Task(task) if matches!(task.state, TaskState::Cancelled));
    assert_eq!(parts.iter().filter(|part| cancelled(part)).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_a_parallel_run_drops_its_tasks() {
    let gauge = Gauge::default();
    let mut run = Wide::new(gauge.clone()).run(nothing()).parallel();
    let cancel = run.cancel_handle();
    cancel.cancel();
    assert!(matches!(run.await, Err(Error::Cancelled { .. })));
    let mut run = Waits::new(gauge.clone()).run(nothing()).parallel();
    let cancel = run.cancel_handle();
    let run = run.spawn();
    while gauge.inside() == 0 {
        tokio::task::yield_now().await;
    }
    cancel.cancel();
    run.await.unwrap_err();
    assert_eq!(gauge.inside(), 0);
}

#[tokio::test]
async fn a_panic_of_a_parallel_or_blocking_node_is_an_error_of_the_run() {
    let error = Panics::new().run(nothing()).parallel().await.unwrap_err();
    assert_eq!(error.to_string(), "node `panics` of `Panics` panicked in step 1: panics fell over");
    let error = Pool::new().run(nothing()).await.unwrap_err();
    assert_eq!(error.to_string(), "node `tumbles` of `Pool` panicked in step 1: tumbles fell over");
}

#[node(blocking, retry(max_attempts = 2, initial = "1ms", jitter = false))]
fn tries(Log { log }: &Log, cx: &Context<Retried>) -> NodeResult<Line> {
    cx.emit(format!("attempt {} after {}", cx.attempt(), log.len()));
    if cx.attempt() == 1 { Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into()) } else { Ok(line("tried")) }
}

graph! {
    Retried<Log> {
        custom String;
        START -> tries -> END;
    }
}

#[node(blocking)]
fn tumbles(cx: &Context<Pool>) -> Line {
    panic!("{} fell over", cx.node())
}

graph! {
    Pool<Log> {
        START -> tumbles -> END;
    }
}

#[tokio::test]
async fn a_blocking_node_has_its_context_and_its_other_policies() {
    let events = items(Retried::new().run(nothing()).custom()).await;
    assert_eq!(events, ["attempt 1 after 0", "attempt 2 after 0"]);
}

/// Polls a run outside any runtime.
fn outside_tokio<G: Graph<Context: Default>>(mut run: graph_core::run::Run<G>) -> Error {
    match std::pin::Pin::new(&mut run).poll(&mut Poller::from_waker(Waker::noop())) {
        Poll::Ready(Err(error)) => error,
        _ => panic!("it needs tokio"),
    }
}

#[test]
fn both_need_tokio_and_say_so() {
    let error = outside_tokio(Wide::new(Gauge::default()).run(nothing()).parallel());
    assert_eq!(error.to_string(), "a parallel run of `Wide` needs tokio: run it inside a tokio runtime");
    let error = outside_tokio(Pool::new().run(nothing()));
    assert!(error.to_string().contains("the policies of `tumbles` need tokio's blocking pool"), "{error}");
}
