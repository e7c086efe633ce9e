//! Spawned runs, and runs in code without async.

use std::task::{Context as Poller, Poll, Waker};
use std::time::Duration;

use futures_util::StreamExt as _;
use graph_core::Error;
use graph_core::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::sleep;

use crate::kit::{Line, Log, line, nothing};

type Done = UnboundedSender<&'static str>;

#[node]
async fn one(_: &Log) -> Line {
    sleep(Duration::from_millis(5)).await;
    line("one")
}

#[node]
async fn two(_: &Log, cx: &Context<Detached>) -> Line {
    sleep(Duration::from_millis(5)).await;
    let _ = cx.deps().send("two");
    line("two")
}

graph! {
    Detached<Log, Done> {
        START -> one -> two -> END;
    }
}

fn app() -> (App<Detached>, UnboundedReceiver<&'static str>) {
    let (sender, receiver) = unbounded_channel();
    (Detached::new(sender), receiver)
}

#[tokio::test(start_paused = true)]
async fn a_detached_run_goes_on_when_it_is_dropped() {
    let (app, mut done) = app();
    drop(app.run(nothing()).spawn());
    drop(app);
    assert_eq!(done.recv().await, Some("two"));
    assert_eq!(done.recv().await, None, "the run has ended and let go of its dependencies");
}

#[tokio::test(start_paused = true)]
async fn tokio_and_join_all_take_a_run_as_it_is() {
    let (app, _done) = app();
    let state = tokio::spawn(app.run(nothing())).await.unwrap().unwrap();
    assert_eq!(state.log, ["one", "two"]);
    let states = futures_util::future::join_all([app.run(nothing()), app.run(nothing())]).await;
    assert!(states.into_iter().all(|state| state.unwrap().log == ["one", "two"]));
}

#[tokio::test(start_paused = true)]
async fn a_detached_run_goes_on_before_anybody_waits_for_it() {
    let (app, mut done) = app();
    let run = app.run(nothing()).spawn();
    assert_eq!(done.recv().await, Some("two"));
    assert_eq!(run.await.unwrap().log, ["one", "two"]);
}

#[tokio::test(start_paused = true)]
async fn a_detached_stream_gives_its_items_and_goes_on_when_it_is_dropped() {
    let (app, mut done) = app();
    let values: Vec<_> = app.run(nothing()).values().spawn(1).map(|state| state.unwrap().log.len()).collect().await;
    assert_eq!(values, [0, 1, 2]);
    assert_eq!(done.recv().await, Some("two"));

    let mut updates = app.run(nothing()).updates().spawn(1);
    assert!(matches!(updates.next().await, Some(Ok(DetachedUpdate::One(_)))));
    drop(updates);
    assert_eq!(done.recv().await, Some("two"));
}

#[tokio::test(start_paused = true)]
async fn a_detached_stream_waits_while_its_buffer_is_full() {
    let (app, mut done) = app();
    let mut updates = app.run(nothing()).stream(Mode::TASKS).spawn(1);
    sleep(Duration::from_secs(1)).await;
    assert!(done.try_recv().is_err(), "step 2 began though step 1 was not taken");
    let mut parts = 0;
    while updates.next().await.is_some() {
        parts += 1;
    }
    assert_eq!((parts, done.try_recv()), (4, Ok("two")));
}

#[test]
fn detaching_outside_tokio_is_a_typed_error() {
    let (app, _done) = app();
    let poller = &mut Poller::from_waker(Waker::noop());
    let mut run = std::pin::pin!(app.run(nothing()).spawn());
    let Poll::Ready(Err(Error::Runtime(text))) = run.as_mut().poll(poller) else { panic!("it was detached") };
    assert!(text.contains("outside a tokio runtime"), "{text}");
    let mut updates = app.run(nothing()).updates().spawn(8);
    assert!(matches!(updates.poll_next_unpin(poller), Poll::Ready(Some(Err(Error::Runtime(_))))));
    assert!(matches!(updates.poll_next_unpin(poller), Poll::Ready(None)));
}

#[test]
fn blocking_runs_on_this_thread() {
    let (app, mut done) = app();
    assert_eq!(app.run(nothing()).blocking().unwrap().log, ["one", "two"]);
    assert_eq!(done.try_recv(), Ok("two"));
    let mut updates = app.run(nothing()).updates().blocking();
    assert!(matches!(updates.next(), Some(Ok(DetachedUpdate::One(_)))));
    assert!(done.try_recv().is_err(), "the iterator pulls as a stream does");
    assert!(matches!(updates.next(), Some(Ok(DetachedUpdate::Two(_)))));
    assert!(updates.next().is_none() && updates.next().is_none());
    assert_eq!(updates.get_ref().output().unwrap().log, ["one", "two"]);
}

#[tokio::test]
async fn blocking_inside_a_runtime_is_a_typed_error() {
    let (app, _done) = app();
    let Err(Error::Runtime(text)) = app.run(nothing()).blocking() else { panic!("it blocked") };
    assert!(text.contains("inside a tokio runtime"), "{text}");
    let mut values = app.run(nothing()).values().blocking();
    assert!(matches!(values.next(), Some(Err(Error::Runtime(_)))));
    assert!(values.next().is_none());
}

mod panics {
    use super::*;

    #[node]
    fn panics(_: &Log) -> Line {
        panic!("at the disco")
    }

    graph! {
        Panics<Log> {
            START -> panics -> END;
        }
    }

    #[tokio::test]
    async fn a_detached_run_that_panics_ends_with_the_error() {
        assert!(matches!(Panics::new().run(nothing()).spawn().await, Err(Error::Panic { .. })));
    }
}
