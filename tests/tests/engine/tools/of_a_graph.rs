//! Tools of one graph: dependencies, custom events, the store.

use graph_core::model::ScriptedModel;
use graph_core::prelude::*;
use serde_json::json;

use crate::{Ran, calls, model, texts};

struct Deps {
    model: ScriptedModel,
    tools: ToolSet<Shop>,
    ran: Ran,
}

/// Looks at the stock.
#[tool]
async fn stock(item: String, cx: &Context<Shop>) -> usize {
    cx.emit(format!("looking for {item}"));
    cx.deps().ran.note(cx.node());
    item.len()
}

/// Tells which node it runs in.
#[tool]
async fn whereabouts(cx: &RunContext) -> String {
    cx.node().to_owned()
}

#[node]
async fn agent(state: &MessagesState, cx: &Context<Shop>) -> NodeResult<NewMessages> {
    let Deps { model, tools, .. } = cx.deps();
    Ok(model.invoke(Prompt::new(&state.messages).tools(tools), cx).await?.into())
}

#[node]
async fn tools(state: &MessagesState, cx: &Context<Shop>) -> NodeResult<NewMessages> {
    Ok(cx.deps().tools.call_all(state.pending_tool_calls(), cx).await?.into())
}

graph! {
    Shop<MessagesState, Deps> {
        custom String;

        START -> agent;
        agent -> |state| if state.has_pending_tool_calls() { tools } else { END };
        tools -> agent;
    }
}

#[tokio::test]
async fn a_tool_of_a_graph_has_its_context() {
    let ran = Ran::default();
    let asks = calls([("c1", "stock", json!({"item": "tea"})), ("c2", "whereabouts", json!({}))]);
    let model = model(asks);
    let deps = Deps { model: model.clone(), tools: tools![stock, whereabouts], ran: ran.clone() };
    let mut parts = Shop::new(deps).run(MessagesState::input(Message::user("hi"))).stream(Mode::CUSTOM);
    let mut events = Vec::new();
    while let Some(part) = parts.next().await {
        let Part::Custom(custom) = part.unwrap() else { panic!("another mode") };
        events.push(custom.event);
    }
    assert_eq!(events, ["looking for tea"]);
    let state = parts.output().unwrap();
    assert_eq!(texts(&state.messages), ["hi", "", "3", "tools", "done"]);
    assert_eq!(ran.take(), ["tools"]);
    let told: Vec<_> = model.prompts()[0].tools.iter().map(|tool| tool.name.clone()).collect();
    assert_eq!(told, ["stock", "whereabouts"]);
}
