//! 40 (`astream_events` of the tool agent), 40c (a custom event and an error), 40d (filters).

use graph_core::context::SpanKind;
use graph_core::prelude::*;
use graph_core::run::{Event, JsonGraph, Run};
use graph_tests::golden::{Golden, plain};
use serde_json::{Map, Value, json};

use crate::tool_agent::{ChatInput, ToolAgent, tool_agent};

async fn events<G: Graph<Context: Default>>(run: Run<G>) -> (Vec<Event<G>>, Option<graph_core::Error>) {
    let (mut events, mut stream) = (Vec::new(), run.events());
    while let Some(event) = stream.next().await {
        match event {
            Ok(event) => events.push(event),
            Err(error) => return (events, Some(error)),
        }
    }
    (events, None)
}

fn as_json<G: JsonGraph>(events: Vec<Event<G>>) -> Vec<Value> {
    let event = |event| serde_json::to_value(Part::<G>::Event(Box::new(event))).unwrap()["data"].take();
    events.into_iter().map(event).collect()
}

/// Under the same names; without the spans of LangChain's own machinery (routers as chains, steps inside a node), and without the id of a tool's message, which is assigned here before anything is streamed.
fn comparable(events: &[Value], names: &[(&str, &str)]) -> Vec<Value> {
    let ours = |name: &Value| match names.iter().find(|(theirs, _)| name == *theirs) {
        Some((_, ours)) => json!(ours),
        None => name.clone(),
    };
    let events = events.iter().filter(|event| event["name"] != "tools_condition").map(|event| {
        let mut event = event.clone();
        event["name"] = ours(&event["name"]);
        let tags: Vec<_> = event["tags"].as_array().unwrap().iter().filter(|tag| !is_inner(tag)).cloned().collect();
        event["tags"] = json!(tags);
        let metadata = event["metadata"].as_object_mut().unwrap();
        metadata.retain(|key, _| key.starts_with("langgraph_"));
        without_tool_ids(&mut event);
        event
    });
    plain(&events.collect::<Vec<_>>())
}

/// LangChain's tag of a step inside a node.
fn is_inner(tag: &Value) -> bool {
    tag.as_str().unwrap().starts_with("seq:step:")
}

fn without_tool_ids(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_tool_ids),
        Value::Object(object) => {
            if object.get("__type__") == Some(&json!("ToolMessage")) || object.get("type") == Some(&json!("tool")) {
                object.insert("id".to_owned(), Value::Null);
            }
            object.values_mut().for_each(without_tool_ids);
        }
        _ => {}
    }
}

fn asked() -> ChatInput {
    ChatInput { messages: Message::user("hi").with_id("h1").into() }
}

fn assert_same(recorded: &[Value], ours: &[Value]) {
    for (index, (recorded, ours)) in recorded.iter().zip(ours).enumerate() {
        assert_eq!(recorded, ours, "event {index}");
    }
    assert_eq!(recorded.len(), ours.len());
}

/// Custom events are events here, too; in LangGraph, only those dispatched as such.
#[tokio::test]
async fn golden_40_astream_events_v2() {
    let golden = Golden::read("40_astream_events_v2");
    let (events, error) = events(tool_agent(true).run(asked())).await;
    assert!(error.is_none());
    let names = [("LangGraph", "ToolAgent"), ("FakeStream", "ScriptedModel")];
    let recorded = comparable(golden.value()["events"].as_array().unwrap(), &names);
    let events = events.into_iter().filter(|event| event.kind.of != SpanKind::Custom).collect();
    assert_same(&recorded, &comparable(&as_json(events), &[]));
}

mod fails {
    use super::*;
    use crate::tool_agent::{Chat, Said};

    #[derive(Clone, Serialize, Deserialize)]
    pub(super) struct MyEvent {
        k: u64,
    }

    #[node]
    fn n1(_: &Chat, cx: &Context<Fails>) -> Said {
        cx.emit(MyEvent { k: 1 });
        Said { messages: Message::assistant("x").with_id("x").into() }
    }

    #[node]
    fn n2(_: &Chat) -> NodeResult<Said> {
        Err(NodeError::msg("x"))
    }

    graph! {
        pub(super) Fails<Chat> {
            custom MyEvent;

            START -> n1 -> n2 -> END;
        }
    }
}

/// A custom event has the name of its node: a graph has one type of events, without names. And here the failing node
/// and its graph have an end.
#[tokio::test]
async fn golden_40c_astream_events_v2_custom_error() {
    let golden = Golden::read("40c_astream_events_v2_custom_error");
    let (events, error) = events(fails::Fails::new().run(asked())).await;
    assert!(matches!(error, Some(graph_core::Error::Node { node: "n2", .. })), "{error:?}");
    let mut ours = as_json(events);
    assert_eq!(ours[2]["tags"], json!(["graph:step:1"]));
    ours[2]["tags"] = json!([]);
    let ends = ours.split_off(ours.len() - 2);
    let told: Vec<_> = ends.iter().map(|end| (&end["event"], &end["name"], &end["run_id"])).collect();
    let started = |index: usize| &ours[index]["run_id"];
    let last = ours.len() - 1;
    let error = json!("on_chain_error");
    assert_eq!(told, [(&error, &json!("n2"), started(last)), (&error, &json!("Fails"), started(0))]);

    let recorded =
        comparable(golden.value()["events"].as_array().unwrap(), &[("LangGraph", "Fails"), ("my_event", "n1")]);
    assert_same(&recorded, &comparable(&ours, &[]));
}

type Filter = dyn Fn(&Event<ToolAgent>) -> bool;

/// A filter is a condition on typed events; LangGraph has six lists of texts.
#[tokio::test]
async fn golden_40d_astream_events_filters() {
    let golden = Golden::read("40d_astream_events_filters");
    let (mut events, _) = events(tool_agent(true).run(asked())).await;
    events.retain(|event| event.kind.of != SpanKind::Custom);
    let is_model = |event: &Event<ToolAgent>| event.kind.of == SpanKind::Model;
    let is_agent = |event: &Event<ToolAgent>| &*event.name == "agent";
    let is_mine = |event: &Event<ToolAgent>| event.tags.iter().any(|tag| tag == "my_tag");
    let is_no_chain = |event: &Event<ToolAgent>| event.kind.of != SpanKind::Chain;
    let filters: [(&str, &Filter); 4] = [
        (r#"{"include_types": ["chat_model"]}"#, &is_model),
        (r#"{"include_names": ["agent"]}"#, &is_agent),
        (r#"{"include_tags": ["my_tag"]}"#, &is_mine),
        (r#"{"exclude_types": ["chain"]}"#, &is_no_chain),
    ];
    let recorded = golden.value()["results"].as_object().unwrap();
    let mut ours = Map::new();
    for (name, filter) in filters {
        let shown = |event: &Event<ToolAgent>| {
            let name = if &*event.name == "ScriptedModel" { "FakeStream" } else { &*event.name };
            json!([event.kind.to_string(), name])
        };
        ours.insert(name.to_owned(), events.iter().filter(|event| filter(event)).map(shown).collect());
    }
    assert_eq!(&ours, recorded);
}

mod nested {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    pub(super) struct Number {
        #[state(input)]
        pub(super) x: i64,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Number)]
    pub(super) struct NewNumber {
        x: i64,
    }

    #[node]
    fn inner(Number { x }: &Number) -> NewNumber {
        NewNumber { x: x + 1 }
    }

    #[node]
    fn before(Number { x }: &Number) -> NewNumber {
        NewNumber { x: x + 10 }
    }

    graph! { pub(super) Sub<Number> { START -> inner -> END; } }
    graph! { pub(super) Outer<Number> { START -> before -> Sub as sub -> END; } }
}

/// The events of a subgraph, which are typed and therefore under `subgraphs()`: with the node and step around them.
#[tokio::test]
async fn golden_40e_astream_events_subgraph() {
    let golden = Golden::read("40e_astream_events_subgraph");
    let mut parts = nested::Outer::new().run(nested::NumberInput { x: 1 }).subgraphs().stream(Mode::EVENTS);
    let mut ours = Vec::new();
    while let Some(part) = parts.next().await {
        ours.push(serde_json::to_value(part.unwrap()).unwrap()["data"].take());
    }
    let same = |names: &[(&str, &str)], events: &[Value]| comparable(events, names);
    let recorded = same(&[("LangGraph", "graph")], golden.value()["events"].as_array().unwrap());
    assert_same(&recorded, &same(&[("Outer", "graph"), ("Sub", "graph")], &ours));
}
