//! `on_error = handler`: a function that runs after a node's last failed attempt.

mod policies;
mod reads;
mod routed;
mod sent;

use std::sync::Mutex;
use std::time::Duration;

use graph_core::Error;
use graph_core::context::{RunContext, TaskId};
use graph_core::node::{HandlerError, NodeTimeout};
use graph_core::prelude::*;
use graph_core::run::{Phase, TaskPart, TaskState};
use tokio::time::{Instant, sleep};

use crate::kit::{Line, Log, given, items, line, nothing, read};

#[node(retry(max_attempts = 2, initial = "1s", jitter = false), on_error = apologize)]
async fn order(Log { log, .. }: &Log, cx: &Context<Orders>) -> NodeResult<Line> {
    cx.emit(cx.attempt());
    match log.first().map(String::as_str) {
        Some("stuck") => std::future::pending().await,
        Some("panic") => panic!("out of order"),
        Some("fine") => Ok(line("ordered")),
        _ => Err(NodeError::msg("sold out")),
    }
}

#[node]
async fn apologize(failure: NodeFailure, Log { log, .. }: &Log, cx: &Context<Orders>) -> NodeResult<Line> {
    cx.emit(10 + cx.attempt());
    sleep(Duration::from_secs(1)).await;
    let NodeFailure { error, node, attempts, input: () } = failure;
    match log.first().map(String::as_str) {
        Some("both fail") => Err(NodeError::msg("no paper left")),
        Some("both panic") => panic!("handler out of order"),
        Some("hand on") => Err(error)?,
        given => Ok(line(format!("{node} failed {attempts} times with `{error}`, given {given:?}"))),
    }
}

#[node]
async fn beside(Log { log, .. }: &Log) -> NodeResult<Line> {
    if log.first().is_some_and(|first| first == "beside fails") {
        // While the handler runs.
        sleep(Duration::from_millis(1_500)).await;
        return Err(NodeError::msg("beside"));
    }
    Ok(line("beside"))
}

#[node]
fn after(_: &Log) -> Line {
    line("after")
}

graph! {
    Orders<Log> {
        custom u32;

        START -> [order, beside];
        [order, beside] -> after -> END;
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_handler_writes_counts_as_the_nodes_own() {
    let state = Orders::new().run(nothing()).await.unwrap();
    assert_eq!(state.log, ["beside", "order failed 2 times with `sold out`, given None", "after"]);
    let state = Orders::new().run(given("fine")).await.unwrap();
    assert_eq!(state.log, ["fine", "beside", "ordered", "after"]);
}

#[tokio::test(start_paused = true)]
async fn the_stream_tells_of_the_handler_as_of_a_task_of_its_own() {
    let parts = items(Orders::new().run(nothing()).stream(Mode::ALL)).await;
    let (mut told, mut emitted, mut updates, mut chains, mut ids) =
        (vec![], vec![], vec![], vec![], Vec::<TaskId>::new());
    for part in parts {
        match part {
            Part::Task(TaskPart { id, node: OrdersNode::Order, handler, state, step: 1, .. }) => {
                ids.push(id);
                told.push((
                    handler,
                    match state {
                        TaskState::Started { .. } => "started".to_owned(),
                        TaskState::Done(OrdersUpdate::Order(line)) => format!("done {}", line.log.len()),
                        TaskState::Failed { error } => error,
                        _ => "other".to_owned(),
                    },
                ));
            }
            Part::Custom(custom) => {
                assert_eq!(custom.event % 10, custom.attempt);
                emitted.push((custom.event, custom.task == ids[0]));
            }
            Part::Update(part) => updates.push(part.node().name()),
            Part::Event(event)
                if event.node == Some(OrdersNode::Order)
                    && event.run_id != event.parent_ids[0]
                    && event.kind.phase != Phase::Stream =>
            {
                chains.push((event.name.to_string(), event.kind.phase, event.run_id));
            }
            _ => {}
        }
    }
    let error = "node `order` of `Orders` failed in step 1 (attempt 2): sold out".to_owned();
    let handler = Some("apologize");
    let expected = [(None, "started".into()), (None, error), (handler, "started".into()), (handler, "done 1".into())];
    assert_eq!(told, expected);
    assert!(ids[0] == ids[1] && ids[1] != ids[2] && ids[2] == ids[3]);
    assert_eq!(emitted, [(1, true), (2, true), (11, false)]);
    assert_eq!(updates, ["beside", "order", "after"]);
    let named: Vec<_> = chains.iter().map(|(name, phase, _)| (name.as_str(), *phase)).collect();
    let handler = "__error_handler__order";
    assert_eq!(
        named,
        [("order", Phase::Start), ("order", Phase::Error), (handler, Phase::Start), (handler, Phase::End)]
    );
    assert!(chains[0].2 == chains[1].2 && chains[1].2 != chains[2].2 && chains[2].2 == chains[3].2);
}

/// The states of each task of a step, by node and handler.
async fn ends(first: &str) -> (Vec<(&'static str, bool, String)>, Error) {
    let (parts, error) = read(Orders::new().run(given(first)).tasks()).await;
    let ends = parts.into_iter().map(|part| {
        let what = match part.state {
            TaskState::Started { .. } => "started",
            TaskState::Done(_) => "done",
            TaskState::Failed { .. } => "failed",
            TaskState::Cancelled => "cancelled",
            _ => "other",
        };
        (part.node.name(), part.handler.is_some(), what.to_owned())
    });
    (ends.collect(), error.unwrap())
}

fn owned(told: &[(&'static str, bool, &str)]) -> Vec<(&'static str, bool, String)> {
    told.iter().map(|(node, handler, what)| (*node, *handler, (*what).to_owned())).collect()
}

const STARTED: [(&str, bool, &str); 5] = [
    ("beside", false, "started"),
    ("order", false, "started"),
    ("beside", false, "done"),
    ("order", false, "failed"),
    ("order", true, "started"),
];

#[tokio::test(start_paused = true)]
async fn a_handler_that_fails_too_fails_the_run_with_both_errors() {
    let (told, error) = ends("both fail").await;
    assert_eq!(told, owned(&[&STARTED[..], &[("order", true, "failed")]].concat()));
    let text = "node `order` of `Orders` failed in step 1 (attempt 2): sold out; its handler `apologize` failed, too: no paper left";
    assert_eq!(error.to_string(), text);
    let Error::Node { source, .. } = error else { panic!("{error:?}") };
    let both = source.downcast_ref::<HandlerError>().unwrap();
    assert_eq!((both.error.to_string(), both.source.to_string()), ("sold out".into(), "no paper left".into()));
}

#[tokio::test(start_paused = true)]
async fn a_handler_may_hand_the_error_on() {
    let (_, error) = ends("hand on").await;
    assert!(error.to_string().ends_with("sold out; its handler `apologize` failed, too: sold out"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_panics_is_named() {
    let (told, error) = ends("both panic").await;
    assert_eq!(told, owned(&[&STARTED[..], &[("order", true, "failed")]].concat()));
    let text = "the handler of node `order` of `Orders` panicked in step 1: handler out of order";
    assert_eq!(error.to_string(), text);
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_not_handled() {
    let (told, error) = ends("panic").await;
    assert_eq!(error.to_string(), "node `order` of `Orders` panicked in step 1: out of order");
    assert!(told.iter().all(|(_, handler, _)| !handler));
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_is_stopped_ends_and_its_node_ends_once() {
    let (told, error) = ends("beside fails").await;
    assert!(matches!(error, Error::Node { node: "beside", .. }));
    let expected = [
        ("beside", false, "started"),
        ("order", false, "started"),
        ("order", false, "failed"),
        ("order", true, "started"),
        ("beside", false, "failed"),
        ("order", true, "cancelled"),
    ];
    assert_eq!(told, owned(&expected));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_stopped_is_not_handled() {
    let run = Orders::new().run(given("stuck")).deadline(Duration::from_secs(5));
    let (parts, error) = read(run.tasks()).await;
    assert!(matches!(error, Some(Error::Deadline { .. })));
    assert!(parts.iter().all(|part| part.handler.is_none()));
}
