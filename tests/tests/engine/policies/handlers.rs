//! `on_error = handler`: a function that is run where a node has failed for good.

use std::sync::Mutex;
use std::time::Duration;

use graph_core::Error;
use graph_core::context::{RunContext, TaskId};
use graph_core::node::{HandlerError, NodeFailure, NodeTimeout};
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
    assert_eq!(state.log, ["order failed 2 times with `sold out`, given None", "beside", "after"]);
    let state = Orders::new().run(given("fine")).await.unwrap();
    assert_eq!(state.log, ["fine", "ordered", "beside", "after"]);
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

/// What each task of a step is told to have become, started or not, by node and handler.
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
    ("order", false, "started"),
    ("beside", false, "started"),
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
        ("order", false, "started"),
        ("beside", false, "started"),
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

mod sent {
    use super::*;

    /// Even numbers fail, each with its own input; the handler takes it.
    #[node(on_error = halve)]
    fn odd_only(number: u64) -> NodeResult<Line> {
        if number.is_multiple_of(2) { Err(NodeError::msg("even")) } else { Ok(line(number.to_string())) }
    }

    #[node]
    fn halve(NodeFailure { input, error, .. }: NodeFailure<u64>) -> Line {
        line(format!("{error}: {}", input / 2))
    }

    graph! {
        Numbers<Log> {
            START -> |_state| for number in 1..5 { odd_only(number) };
            odd_only -> END;
        }
    }

    #[tokio::test]
    async fn a_handler_is_given_the_input_of_the_task_that_failed() {
        let state = Numbers::new().run(nothing()).await.unwrap();
        assert_eq!(state.log, ["1", "even: 1", "3", "even: 2"]);
    }
}

mod routed {
    use super::*;

    #[derive(Clone, Copy, Debug)]
    enum Way {
        Ship,
        Refund,
    }

    #[node(on_error = refuse)]
    async fn pay(Log { log, .. }: &Log) -> NodeResult<Command<Line, Way>> {
        if log.is_empty() { Err(NodeError::msg("no money")) } else { Ok(Command::new(line("paid"), Way::Ship)) }
    }

    /// A handler may work on any graph, and decides like its node.
    #[node]
    async fn refuse(failure: NodeFailure, cx: &RunContext) -> Command<Line, Way> {
        Command::new(line(format!("{}: {}", cx.node(), failure.error)), Way::Refund)
    }

    #[node]
    fn ship(_: &Log) -> Line {
        line("shipped")
    }

    #[node]
    fn refund(_: &Log) -> Line {
        line("refunded")
    }

    graph! {
        Payments<Log> {
            START -> pay;
            pay -> |_, way| match way {
                Way::Ship => ship,
                Way::Refund => refund,
            };
            ship -> END;
            refund -> END;
        }
    }

    #[tokio::test]
    async fn the_route_of_a_handler_counts_as_the_nodes_own() {
        assert_eq!(Payments::new().run(nothing()).await.unwrap().log, ["pay: no money", "refunded"]);
        assert_eq!(Payments::new().run(given("x")).await.unwrap().log, ["x", "paid", "shipped"]);
    }
}

mod policies {
    use super::*;

    type Starts = Mutex<Vec<Duration>>;

    #[node(timeout = "1s", on_error = tries_again)]
    async fn slow(_: &Log) -> Line {
        std::future::pending().await
    }

    /// A handler has its own attempts, each with its own time.
    #[node(retry(max_attempts = 3, initial = "10s", factor = 1.0, jitter = false), timeout(idle = "2s"))]
    async fn tries_again(failure: NodeFailure, cx: &Context<Slow>) -> NodeResult<Line> {
        assert!(failure.error.downcast_ref::<NodeTimeout>().is_some(), "a timeout is handled");
        cx.deps().1.lock().unwrap().push(cx.deps().0.elapsed());
        match cx.attempt() {
            1 => std::future::pending().await,
            2 => Err(NodeError::msg("again")),
            _ => Ok(line("at last")),
        }
    }

    graph! { Slow<Log, (Instant, Starts)> { START -> slow -> END; } }

    #[tokio::test(start_paused = true)]
    async fn a_handler_has_policies_of_its_own() {
        let app = Slow::new((Instant::now(), Starts::default()));
        assert_eq!(app.run(nothing()).await.unwrap().log, ["at last"]);
        let starts: Vec<_> = app.deps().1.lock().unwrap().iter().map(Duration::as_secs).collect();
        // A second of the node's; two of silence and a pause of ten; another pause.
        assert_eq!(starts, [1, 13, 23]);
    }
}

mod reads {
    use super::*;

    #[derive(State, Clone, Debug, Default)]
    struct Two {
        #[state(input)]
        one: String,
        #[state(input)]
        other: String,
    }

    #[node(on_error = reads_other)]
    fn reads_one(Two { one, .. }: &Two) -> NodeResult<TwoUpdate> {
        Err(NodeError::msg(one))
    }

    #[node]
    fn reads_other(_: NodeFailure, Two { other, .. }: &Two) -> TwoUpdate {
        TwoUpdate::default().one(other.clone())
    }

    graph! { Reads<Two> { START -> reads_one -> END; } }

    #[test]
    fn what_the_handler_reads_the_node_reads() {
        let info = Reads::TOPOLOGY.nodes[0].info;
        assert_eq!(info.policy.on_error.unwrap().name, "reads_other");
        assert_eq!(info.reads, FieldSet::named::<Two>(&["one", "other"]));
    }
}
