//! Breakpoints: a run stops between two steps, and another run continues it.

use graph_core::Error;
use graph_core::prelude::*;
use graph_core::run::{Breakpoint, EventData, Phase};
use graph_core::thread::DurableApp;

use crate::kit::{Line, Log, LogInput, given, items, line, nothing, read};

#[node]
fn plan(_: &Log) -> Line {
    line("plan")
}

#[node]
fn book(_: &Log) -> Line {
    line("book")
}

#[node]
fn tell(_: &Log) -> Line {
    line("tell")
}

#[node]
fn pay(_: &Log) -> Line {
    line("pay")
}

graph! {
    Trip<Log> {
        START -> plan -> [book, tell];
        [book, tell] -> pay -> END;
    }
}

fn app() -> DurableApp<Trip> {
    Trip::new().checkpointer(MemorySaver::new())
}

fn seen(breakpoint: &Breakpoint<Trip>) -> (&[TripNode], &[TripNode], &[TripNode], i64) {
    (&breakpoint.after, &breakpoint.before, &breakpoint.next, breakpoint.step)
}

/// The breakpoint of a run that must have one.
fn stopped(outcome: Outcome<Trip>) -> Breakpoint<Trip> {
    match outcome {
        Outcome::Done(state) => panic!("done: {state:?}"),
        Outcome::Interrupted(stopped) => stopped.breakpoint().unwrap().clone(),
    }
}

#[tokio::test]
async fn a_run_stops_before_a_node_and_another_goes_on() {
    let thread = app().thread("t");
    let run = thread.run(nothing()).interrupt_before([TripNode::Tell, TripNode::Pay]);
    let both = [TripNode::Book, TripNode::Tell];
    assert_eq!(seen(&stopped(run.outcome().await.unwrap())), (&[][..], &[TripNode::Tell][..], &both[..], 1));
    let saved = thread.state().await.unwrap();
    assert_eq!((saved.next.as_slice(), saved.step), (&both[..], 1));
    assert_eq!(saved.values.log, ["plan"]);

    // It does not stop where it starts, but at the next breakpoint.
    let run = thread.continue_run().interrupt_before([TripNode::Tell, TripNode::Pay]);
    assert_eq!(seen(&stopped(run.outcome().await.unwrap())), (&[][..], &[TripNode::Pay][..], &[TripNode::Pay][..], 2));
    let state = thread.continue_run().outcome().await.unwrap().done().unwrap();
    assert_eq!(state.log, ["plan", "book", "tell", "pay"], "each node ran once");
    assert!(thread.state().await.unwrap().next.is_empty());
}

#[tokio::test]
async fn a_run_stops_after_a_node_with_all_of_its_step_saved() {
    let thread = app().thread("t");
    let run = thread.run(nothing()).interrupt_after([TripNode::Book]).interrupt_before([TripNode::Pay]);
    // Several reasons to stop at the same point are one breakpoint.
    let pay = [TripNode::Pay];
    assert_eq!(seen(&stopped(run.outcome().await.unwrap())), (&[TripNode::Book][..], &pay[..], &pay[..], 2));
    assert_eq!(thread.state().await.unwrap().values.log, ["plan", "book", "tell"]);
    let run = thread.continue_run().interrupt_after([TripNode::Book]).interrupt_before(pay);
    assert_eq!(run.await.unwrap().log.len(), 4);
}

#[tokio::test]
async fn nothing_runs_before_the_first_node_is_let_go() {
    let thread = app().thread("t");
    let run = thread.run(given("in")).interrupt_before(TripNode::ALL.iter().copied());
    assert_eq!(stopped(run.outcome().await.unwrap()).step, 0);
    assert_eq!(thread.state().await.unwrap().values.log, ["in"], "the input is saved");
    // A new input starts at START, and the run stops there again.
    let run = thread.run(nothing()).interrupt_before([TripNode::Plan]);
    assert_eq!(stopped(run.outcome().await.unwrap()).before, [TripNode::Plan]);
}

#[tokio::test]
async fn a_run_that_is_done_does_not_stop_after_its_last_node() {
    let thread = app().thread("t");
    let state = thread.run(nothing()).interrupt_after([TripNode::Pay]).await.unwrap();
    assert_eq!(state.log.len(), 4);
}

#[tokio::test]
async fn what_a_run_says_replaces_what_the_app_says() {
    let app = app().interrupt_before([TripNode::Pay]).interrupt_after([TripNode::Plan]);
    let thread = app.thread("t");
    assert_eq!(stopped(thread.run(nothing()).outcome().await.unwrap()).after, [TripNode::Plan]);
    assert_eq!(stopped(thread.continue_run().outcome().await.unwrap()).before, [TripNode::Pay]);
    assert!(thread.continue_run().await.is_ok());
    let run = app.clone().thread("other").run(nothing()).interrupt_before([]).interrupt_after([]);
    assert_eq!(run.await.unwrap().log.len(), 4);
    assert_eq!(app.run(nothing()).await.unwrap().log.len(), 4, "without a thread nobody could go on");
}

#[tokio::test]
async fn awaiting_a_run_that_stops_is_an_error_that_says_where() {
    let thread = app().thread("t");
    let stops = || thread.run(nothing()).interrupt_before([TripNode::Pay]).interrupt_after([TripNode::Book]);
    let error = stops().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Trip` stopped after `book` and before `pay` in step 2, as it was asked to; `continue_run` goes on"
    );
    assert!(matches!(error, Error::Breakpoint { graph: "Trip", step: 2, .. }));
    assert!(matches!(stops().spawn().await, Err(Error::Breakpoint { .. })));
    assert!(matches!(stops().values().finish().await, Err(Error::Breakpoint { .. })));
}

#[tokio::test]
async fn a_stream_ends_at_a_breakpoint_without_an_error() {
    let thread = app().thread("t");
    let modes = Mode::UPDATES | Mode::VALUES | Mode::CHECKPOINTS;
    let mut parts = thread.run(nothing()).interrupt_before([TripNode::Pay]).stream(modes);
    let mut last = None;
    while let Some(part) = parts.next().await {
        last = Some(part.unwrap());
    }
    assert!(matches!(&last, Some(Part::Breakpoint(at)) if at.before == [TripNode::Pay]), "{last:?}");
    assert!(parts.output().is_none() && parts.next().await.is_none());
    assert_eq!(parts.breakpoint().unwrap().step, 2);

    // Not in `values` mode, as in LangGraph; but the stream's method returns it.
    let mut values = app().thread("t").run(nothing()).interrupt_after([TripNode::Plan]).values();
    while let Some(state) = values.next().await {
        assert!(state.unwrap().log.len() < 2);
    }
    assert_eq!(values.breakpoint().unwrap().after, [TripNode::Plan]);
    assert!(values.outcome().await.unwrap().done().is_none());
}

#[tokio::test]
async fn a_run_that_is_done_has_no_breakpoint() {
    let (updates, error) = read(app().thread("t").run(nothing()).updates()).await;
    assert!(updates.len() == 4 && error.is_none());
    let mut updates = app().thread("t").run(nothing()).interrupt_before([]).updates();
    while updates.next().await.is_some() {}
    assert!(updates.breakpoint().is_none() && updates.output().is_some());
}

#[tokio::test]
async fn the_events_of_a_run_that_stops_have_their_end() {
    let run = app().thread("t").run(nothing()).interrupt_before([TripNode::Pay]);
    let events = items(run.events()).await;
    let (first, last) = (&events[0], &events[events.len() - 1]);
    assert_eq!((first.run_id, last.kind.phase, last.node), (last.run_id, Phase::End, None));
    assert!(matches!(&last.data, Some(EventData::Output(state)) if state.log.len() == 3));
}

mod again {
    use super::*;

    graph! {
        Rounds<Log> {
            START -> plan -> |Log { log, .. }| if log.len() < 3 { plan } else { END };
        }
    }

    #[tokio::test]
    async fn a_breakpoint_stops_every_time_that_its_node_comes_round() {
        let thread = Rounds::new().checkpointer(MemorySaver::new()).interrupt_before([RoundsNode::Plan]).thread("t");
        let mut steps = Vec::new();
        let mut outcome = thread.run(nothing()).outcome().await.unwrap();
        while let Outcome::Interrupted(stopped) = outcome {
            steps.push(stopped.breakpoint().unwrap().step);
            outcome = thread.continue_run().outcome().await.unwrap();
        }
        assert_eq!((steps, outcome.done().unwrap().log.len()), (vec![0, 1, 2], 3));
    }
}

mod many {
    use super::*;

    #[node]
    fn visit(town: String, _: &Log) -> Line {
        line(town)
    }

    graph! {
        Tour<Log> {
            START -> |Log { log, .. }| for town in log { visit(town.clone()) };
            visit -> pay -> END;
        }
    }

    #[tokio::test]
    async fn many_tasks_of_one_node_are_one_breakpoint_and_all_run_later() {
        let thread = Tour::new().checkpointer(MemorySaver::new()).thread("t");
        let input = LogInput { log: vec!["Rome".into(), "Oslo".into()] };
        let run = thread.run(input).interrupt_before([TourNode::Visit]);
        let Outcome::Interrupted(stopped) = run.outcome().await.unwrap() else { panic!("it did not stop") };
        let at = stopped.breakpoint().unwrap();
        assert_eq!((at.before.as_slice(), at.next.as_slice()), (&[TourNode::Visit][..], &[TourNode::Visit][..]));
        assert_eq!(thread.state().await.unwrap().next.len(), 2);
        let run = thread.continue_run().interrupt_after([TourNode::Visit]);
        let Outcome::Interrupted(stopped) = run.outcome().await.unwrap() else { panic!("it did not stop") };
        let at = stopped.breakpoint().unwrap();
        assert_eq!((at.after.as_slice(), at.next.as_slice()), (&[TourNode::Visit][..], &[TourNode::Pay][..]));
        assert_eq!(thread.continue_run().await.unwrap().log, ["Rome", "Oslo", "Rome", "Oslo", "pay"]);
    }
}
