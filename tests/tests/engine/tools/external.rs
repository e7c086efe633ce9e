//! Tools that run elsewhere.

use graph_core::interrupt::Answers;
use graph_core::message::ToolStatus;
use graph_core::model::ScriptedModel;
use graph_core::prelude::*;
use graph_core::tool::{ExternalCall, ToolEvent, ToolReply};
use graph_core::{AnswerProblem, Error};
use serde_json::json;

use crate::{Ran, calls, model, texts};

#[derive(Serialize)]
struct Clicked {
    at: [u32; 2],
}

/// Clicks on the page.
#[tool(external)]
fn click(selector: String) -> Clicked;

/// Reads the page.
#[tool(external, name = "read-page")]
async fn read() -> NodeResult<String>;

/// Looks up.
#[tool]
async fn lookup(#[inject] ran: &Ran) -> &'static str {
    ran.note("lookup");
    "found"
}

struct Deps {
    model: ScriptedModel,
    tools: ToolSet<Browser>,
}

#[node]
async fn agent(state: &MessagesState, cx: &Context<Browser>) -> NodeResult<NewMessages> {
    Ok(cx.deps().model.invoke(&state.messages, cx).await?.into())
}

#[node]
async fn tools(state: &MessagesState, cx: &Context<Browser>) -> NodeResult<NewMessages> {
    Ok(cx.deps().tools.call_all(state.pending_tool_calls(), cx).await?.into())
}

graph! {
    Browser<MessagesState, Deps> {
        interrupt ExternalCall;

        START -> agent;
        agent -> |state| if state.has_pending_tool_calls() { tools } else { END };
        tools -> agent;
    }
}

#[tokio::test]
async fn calls_are_answered_by_their_ids_in_any_order() {
    let ran = Ran::default();
    let asks = calls([
        ("c1", "click", json!({"selector": "#a"})),
        ("c2", "lookup", json!({})),
        ("c3", "read-page", json!({})),
        ("c4", "click", json!({"selector": 1})),
    ]);
    let app = Browser::new(Deps { model: model(asks), tools: tools![click, read, lookup(ran.clone())] });
    let app = app.checkpointer(MemorySaver::new());
    let mut parts = app.thread("t").run(MessagesState::input(Message::user("go"))).tools();
    let mut events = Vec::new();
    while let Some(part) = parts.next().await {
        let part = part.unwrap();
        let what = match part.event {
            ToolEvent::Started { .. } => "started",
            ToolEvent::Finished(_) => "finished",
            ToolEvent::Failed { .. } => "failed",
            _ => "other",
        };
        events.push(format!("{} {what}", part.call_id));
    }
    let expected = ["c1 started", "c2 started", "c3 started", "c4 started", "c4 failed", "c2 finished"];
    let mut sorted = events.clone();
    sorted.sort();
    let mut all = expected.map(str::to_owned);
    all.sort();
    assert_eq!(sorted, all, "what waits has no end: {events:?}");
    let waiting: Vec<_> = parts.interrupted().unwrap().iter().map(|waiting| waiting.value.clone()).collect();
    let asked = |id: &str, name: &str, args| {
        BrowserInterrupt::ExternalCall(ExternalCall { id: id.into(), name: name.into(), args })
    };
    assert_eq!(waiting, [asked("c1", "click", json!({"selector": "#a"})), asked("c3", "read-page", json!({}))]);

    // As if in another process, the later one first.
    let thread = app.thread("t");
    let wrong = thread.resume_with(Answers::new().to_call("c2", ToolReply::failed("x"))).await.unwrap_err();
    assert!(
        matches!(&wrong, Error::Answer { problem: AnswerProblem::UnknownCall { id }, .. } if id == "c2"),
        "{wrong}"
    );
    let failed = read::reply(Err(NodeError::msg("the page is gone")));
    let outcome = thread.resume_with(Answers::new().to_call("c3", failed)).outcome().await.unwrap();
    assert_eq!(outcome.interrupted().unwrap().iter().len(), 1);
    let state = thread.resume_with(Answers::new().to_call("c1", click::reply(Clicked { at: [1, 2] }))).await.unwrap();

    let texts = texts(&state.messages);
    assert_eq!(texts[2..5], [r#"{"at":[1,2]}"#, "found", "Error: the page is gone"]);
    assert!(texts[5].starts_with("Error: invalid arguments: `selector`"), "{texts:?}");
    assert_eq!(state.messages[4].status(), ToolStatus::Error);
    assert_eq!(ran.take(), ["lookup"], "what was executed here is executed once");
}

#[test]
fn a_reply_is_what_it_was_in_json() {
    for reply in [click::reply(Clicked { at: [1, 2] }), ToolReply::failed("gone")] {
        let json = serde_json::to_value(&reply).unwrap();
        assert_eq!(serde_json::from_value::<ToolReply>(json).unwrap(), reply);
    }
    let json = json!({"status": "error", "error": "gone"});
    assert_eq!(serde_json::to_value(ToolReply::failed("gone")).unwrap(), json);
}
