//! Events: every start has an end or an error, under the right parent.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use graph_core::Error;
use graph_core::context::{Payload, SpanKind};
use graph_core::model::{ModelError, ScriptedModel, Turn};
use graph_core::prelude::*;
use graph_core::run::{Event, EventData, Phase};
use tokio::time::sleep;

use crate::kit::{Line, Log, given, items, line, read};

/// Calls a model inside its own span.
#[node]
async fn thinks(_: &Log, cx: &Context<Inside>) -> NodeResult<Line> {
    let span = cx.span(SpanKind::Tool, "search", Payload::Json("what?".into()));
    let reply = cx.deps().invoke(Prompt::new("think").tag("deep"), &span.context()).await?;
    span.end(Payload::Json("that".into()));
    Ok(line(reply.text()))
}

#[node]
async fn hour(_: &Log, cx: &Context<Inside>) -> Line {
    let _span = cx.span(SpanKind::Retriever, "library", Payload::Nothing);
    cx.emit(7);
    sleep(Duration::from_hours(1)).await;
    line("hour")
}

graph! {
    Inside<Log, ScriptedModel> {
        custom u32;

        START -> [thinks, hour];
        thinks -> END;
        hour -> END;
    }
}

/// Asserts that every span that starts ends once, with or without an error, and that nothing else ends; returns how
/// each ended.
fn ends(events: &[Event<Inside>]) -> HashMap<String, Phase> {
    let mut open: HashMap<_, &str> = HashMap::new();
    let mut ended = HashMap::new();
    for event in events.iter().filter(|event| event.kind.of != SpanKind::Custom) {
        match event.kind.phase {
            Phase::Start => assert!(open.insert(event.run_id, &event.name).is_none()),
            Phase::Stream => assert!(open.contains_key(&event.run_id), "{} speaks out of turn", event.name),
            phase => {
                assert_eq!(open.remove(&event.run_id), Some(&*event.name));
                assert!(ended.insert(event.name.to_string(), phase).is_none());
            }
        }
    }
    assert!(open.is_empty(), "without an end: {open:?}");
    ended
}

fn find<'e>(events: &'e [Event<Inside>], kind: &str, name: &str) -> &'e Event<Inside> {
    events.iter().find(|event| event.kind.to_string() == kind && &*event.name == name).unwrap()
}

#[tokio::test(start_paused = true)]
async fn every_start_has_an_end() {
    let app = Inside::new(ScriptedModel::new().reply("deep thought"));
    let events = items(app.run(given("in")).events()).await;
    let ended = ends(&events);
    assert_eq!(ended.len(), 6);
    for name in ["Inside", "thinks", "hour", "search", "ScriptedModel"] {
        assert_eq!(ended[name], Phase::End, "{name}");
    }
    assert_eq!(ended["library"], Phase::Error, "a span that is dropped says so");
}

#[tokio::test(start_paused = true)]
async fn events_know_their_parents_nodes_steps_and_tags() {
    let app = Inside::new(ScriptedModel::new().reply("deep thought")).tags(["mine"]);
    let events = items(app.run(given("in")).tags(["ours"]).events()).await;
    let root = find(&events, "on_chain_start", "Inside");
    let node = find(&events, "on_chain_start", "thinks");
    let tool = find(&events, "on_tool_start", "search");
    let model = find(&events, "on_chat_model_end", "ScriptedModel");
    assert_eq!((root.node, root.step, root.tags.as_slice()), (None, 0, ["ours".to_owned()].as_slice()));
    assert!(root.parent_ids.is_empty());
    assert_eq!(node.parent_ids, [root.run_id]);
    assert_eq!(tool.parent_ids, [root.run_id, node.run_id]);
    assert_eq!(model.parent_ids, [root.run_id, node.run_id, tool.run_id]);
    assert_eq!((node.node, node.step), (Some(InsideNode::Thinks), 1));
    assert_eq!(node.tags, ["graph:step:1", "ours"]);
    assert_eq!(model.tags, ["deep", "ours"]);
    assert!(matches!(&root.input, Some(EventData::State(state)) if state.log == ["in"]));
    assert!(matches!(&model.input, Some(EventData::Messages(messages)) if messages[0].text() == "think"));
    assert!(matches!(&model.data, Some(EventData::Message(message)) if message.text() == "deep thought"));
    let end = find(&events, "on_chain_end", "Inside");
    assert!(matches!(&end.data, Some(EventData::Output(state)) if state.log.len() == 3));
    let custom = find(&events, "on_custom_event", "hour");
    assert!(matches!(custom.data, Some(EventData::Custom(7))));
    assert_eq!((custom.node, custom.parent_ids.as_slice()), (Some(InsideNode::Hour), [root.run_id].as_slice()));
}

#[tokio::test(start_paused = true)]
async fn what_fails_and_what_is_stopped_with_it_end_with_errors() {
    let turn = Turn::new().text("deep").error(ModelError::Other("lost the thread".into()));
    let (events, error) = read(Inside::new(ScriptedModel::new().turn(turn)).run(given("in")).events()).await;
    assert!(matches!(error, Some(Error::Node { node: "thinks", .. })));
    let ended = ends(&events);
    assert_eq!(ended.len(), 6);
    assert!(ended.values().all(|phase| *phase == Phase::Error), "{ended:?}");
    let text = |kind, name| match &find(&events, kind, name).data {
        Some(EventData::Error(text)) => text.clone(),
        _ => panic!("{name} has no text"),
    };
    assert!(text("on_chat_model_error", "ScriptedModel").contains("lost the thread"));
    assert!(text("on_chain_error", "thinks").contains("node `thinks` of `Inside` failed in step 1"));
    assert_eq!(text("on_chain_error", "hour"), "cancelled");
    assert_eq!(text("on_chain_error", "Inside"), error.unwrap().to_string());
    assert_eq!(events.last().map(|event| &*event.name), Some("Inside"));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_stopped_from_outside_ends_all_that_has_started() {
    let app = Inside::new(ScriptedModel::new().reply("deep thought"));
    let (events, error) = read(app.run(given("in")).deadline(Duration::from_secs(5)).events()).await;
    assert!(matches!(error, Some(Error::Deadline { .. })));
    let ended = ends(&events);
    assert_eq!((ended["thinks"], ended["hour"], ended["library"]), (Phase::End, Phase::Error, Phase::Error));
    assert_eq!(ended["Inside"], Phase::Error);
}

#[tokio::test]
async fn a_panic_ends_its_node_with_an_error() {
    #[node]
    fn panics(_: &Log) -> Line {
        panic!("at the disco")
    }
    graph! {
        Panicking<Log> {
            START -> panics -> END;
        }
    }
    let (events, _) = read(Panicking::new().run(given("in")).events()).await;
    let kinds: Vec<_> = events.iter().map(|event| format!("{} {}", event.kind, event.name)).collect();
    let expected =
        ["on_chain_start Panicking", "on_chain_start panics", "on_chain_error panics", "on_chain_error Panicking"];
    assert_eq!(kinds, expected);
    let ids: Arc<[_]> = events.iter().map(|event| event.run_id).collect();
    assert_eq!((ids[0], ids[1]), (ids[3], ids[2]));
}
