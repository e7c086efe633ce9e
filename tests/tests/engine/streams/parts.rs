//! The order of parts, line by line as the docs of `Part` specify it.

use std::time::Duration;

use graph_core::model::{ScriptedModel, Turn};
use graph_core::prelude::*;
use graph_core::run::{DebugKind, MessageContent, TaskState};
use graph_core::thread::Thread;
use tokio::time::sleep;

use crate::kit::items;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
    quiet: u64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Chat)]
struct Said {
    messages: Messages,
}

/// Calls a model, whose tokens arrive long after `writes` has ended.
#[node]
async fn asks(Chat { messages, .. }: &Chat, cx: &Context<Order>) -> NodeResult<Said> {
    Ok(Said { messages: cx.deps().invoke(messages, cx).await?.into() })
}

#[node]
async fn writes(_: &Chat, cx: &Context<Order>) -> Said {
    cx.emit("a".to_owned());
    sleep(Duration::from_millis(1)).await;
    cx.emit("b".to_owned());
    Said { messages: Message::assistant("by hand").with_id("w").into() }
}

/// Writes nothing.
#[node]
fn silent(_: &Chat) -> ChatUpdate {
    ChatUpdate::default()
}

graph! {
    Order<Chat, ScriptedModel> {
        custom String;

        START -> [asks, writes];
        [asks, writes] -> silent -> END;
    }
}

fn thread() -> Thread<Order> {
    let turn =
        Turn::new().id("m").delay(Duration::from_millis(10)).text("Hel").delay(Duration::from_millis(10)).text("lo");
    Order::new(ScriptedModel::new().turn(turn).repeat()).checkpointer(MemorySaver::new()).thread("t")
}

fn input() -> ChatInput {
    ChatInput { messages: Message::user("hi").with_id("u").into() }
}

fn task(state: &TaskState<Order>) -> &'static str {
    match state {
        TaskState::Started { .. } => "starts",
        TaskState::Done(_) => "ends",
        _ => "fails",
    }
}

fn show(part: &Part<Order>) -> String {
    match part {
        Part::Values(state) => format!("values {}", state.messages.len()),
        Part::Update(update) => format!("update {}", update.node()),
        Part::Message(said) => match &said.content {
            MessageContent::Chunk(chunk) => format!("chunk {} {:?}", said.node, chunk.text()),
            _ => format!("message {} {:?}", said.node, said.text()),
        },
        Part::Custom(custom) => format!("custom {} {}", custom.node, custom.event),
        Part::Task(part) => format!("task {} {}", part.node, task(&part.state)),
        Part::Checkpoint(saved) => format!("checkpoint {}", saved.step),
        Part::Debug(debug) => match &debug.kind {
            DebugKind::Task(part) => format!("debug {} {}", part.node, task(&part.state)),
            _ => format!("debug checkpoint {}", debug.step),
        },
        Part::Event(event) => format!("{} {}", event.kind, event.name),
        _ => unreachable!("all modes are known"),
    }
}

async fn shown(modes: Mode) -> Vec<String> {
    items(thread().run(input()).stream(modes)).await.iter().map(show).collect()
}

/// LangGraph's modes, without `debug`.
const ALL: [&str; 20] = [
    "checkpoint -1",
    "values 1",
    "checkpoint 0",
    // 1: starts
    "task asks starts",
    "task writes starts",
    // 2: chunks and custom events
    "custom writes a",
    "custom writes b",
    // 3: ends, in the order in which they occur
    "message writes \"by hand\"",
    "update writes",
    "task writes ends",
    "chunk asks \"Hel\"",
    "chunk asks \"lo\"",
    "update asks",
    "task asks ends",
    // 4: the step is over
    "values 3",
    "checkpoint 1",
    // A step that writes nothing has no values.
    "task silent starts",
    "update silent",
    "task silent ends",
    "checkpoint 2",
];

fn expected(wanted: impl Fn(&str) -> bool) -> Vec<&'static str> {
    ALL.into_iter().filter(|part| wanted(part)).collect()
}

#[tokio::test(start_paused = true)]
async fn several_modes_come_in_the_order_of_the_contract() {
    let modes = Mode::VALUES | Mode::UPDATES | Mode::MESSAGES | Mode::CUSTOM | Mode::TASKS | Mode::CHECKPOINTS;
    assert_eq!(shown(modes).await, expected(|_| true));
}

#[tokio::test(start_paused = true)]
async fn each_mode_alone_has_the_same_parts_in_the_same_order() {
    let modes = [
        (Mode::VALUES, "values"),
        (Mode::UPDATES, "update"),
        (Mode::CUSTOM, "custom"),
        (Mode::TASKS, "task"),
        (Mode::CHECKPOINTS, "checkpoint"),
    ];
    for (mode, name) in modes {
        assert_eq!(shown(mode).await, expected(|part| part.starts_with(name)));
    }
    let messages = expected(|part| part.starts_with("chunk") || part.starts_with("message"));
    assert_eq!(shown(Mode::MESSAGES).await, messages);
    assert_eq!(shown(Mode::none()).await, Vec::<String>::new());
    let two = expected(|part| part.starts_with("values") || part.starts_with("custom"));
    assert_eq!(shown(Mode::VALUES | Mode::CUSTOM).await, two);
}

#[tokio::test(start_paused = true)]
async fn debug_is_tasks_and_checkpoints() {
    let debug: Vec<_> = expected(|part| part.starts_with("task") || part.starts_with("checkpoint"))
        .iter()
        .map(|part| format!("debug {}", part.trim_start_matches("task ")))
        .collect();
    assert_eq!(shown(Mode::DEBUG).await, debug);
}

#[tokio::test(start_paused = true)]
async fn events_stand_where_what_they_tell_of_happens() {
    let shown = shown(Mode::EVENTS | Mode::UPDATES | Mode::VALUES | Mode::TASKS | Mode::CUSTOM).await;
    let expected = [
        "on_chain_start Order",
        "values 1",
        "task asks starts",
        "on_chain_start asks",
        "task writes starts",
        "on_chain_start writes",
        "on_chat_model_start ScriptedModel",
        "on_custom_event writes",
        "custom writes a",
        "on_custom_event writes",
        "custom writes b",
        "update writes",
        "on_chain_stream writes",
        "on_chain_end writes",
        "on_chain_stream Order",
        "task writes ends",
        "on_chat_model_stream ScriptedModel",
        "on_chat_model_stream ScriptedModel",
        "on_chat_model_end ScriptedModel",
        "update asks",
        "on_chain_stream asks",
        "on_chain_end asks",
        "on_chain_stream Order",
        "task asks ends",
        "values 3",
        "task silent starts",
        "on_chain_start silent",
        "update silent",
        "on_chain_stream silent",
        "on_chain_end silent",
        "on_chain_stream Order",
        "task silent ends",
        "on_chain_end Order",
    ];
    assert_eq!(shown, expected);
}

#[tokio::test(start_paused = true)]
async fn a_stream_can_be_narrowed_to_nodes() {
    let parts = items(thread().run(input()).stream(Mode::ALL).from(OrderNode::Writes)).await;
    assert!(parts.iter().all(|part| part.node() == Some(OrderNode::Writes)));
    let shown: Vec<_> = parts.iter().map(show).filter(|part| !part.starts_with("on_")).collect();
    let expected = [
        "debug writes starts",
        "task writes starts",
        "custom writes a",
        "custom writes b",
        "message writes \"by hand\"",
        "update writes",
        "debug writes ends",
        "task writes ends",
    ];
    assert_eq!(shown, expected);

    let both = thread().run(input()).updates().from(OrderNode::Silent).from(OrderNode::Asks);
    let nodes: Vec<_> = items(both).await.iter().map(OrderUpdate::node).collect();
    assert_eq!(nodes, [OrderNode::Asks, OrderNode::Silent]);
    assert_eq!(items(thread().run(input()).values().from(OrderNode::Asks)).await.len(), 0, "values come from no node");
    assert_eq!(items(thread().run(input()).tokens().from(OrderNode::Writes)).await, Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_stream_has_its_output_at_its_end() {
    let mut values = thread().run(input()).values();
    assert!(values.output().is_none());
    let mut last = None;
    while let Some(value) = values.next().await {
        assert!(last.is_none() || values.output().is_none());
        last = Some(value.unwrap());
    }
    assert!(values.next().await.is_none(), "an ended stream stays ended");
    assert!(std::sync::Arc::ptr_eq(values.output().unwrap(), &last.unwrap()));
    assert_eq!(values.finish().await.unwrap().messages.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn finishing_lets_the_rest_of_the_stream_go_by() {
    let mut updates = thread().run(input()).updates();
    assert!(matches!(updates.next().await, Some(Ok(OrderUpdate::Writes(_)))));
    assert_eq!(updates.finish().await.unwrap().messages.len(), 3);
    assert_eq!(thread().run(input()).tokens().finish().await.unwrap().messages.len(), 3);
}

#[tokio::test]
async fn an_error_is_handed_out_once() {
    let app = Order::new(ScriptedModel::new());
    let mut updates = app.run(input()).updates().from(OrderNode::Asks);
    let error = updates.next().await.unwrap().unwrap_err();
    assert!(matches!(error, graph_core::Error::Node { node: "asks", .. }));
    assert!(updates.next().await.is_none() && updates.output().is_none());
    assert!(matches!(updates.finish().await, Err(graph_core::Error::NotEnded { graph: "Order" })));
    // Finishing a stream before its error was yielded returns the error.
    assert!(matches!(app.run(input()).updates().finish().await, Err(graph_core::Error::Node { .. })));
}
