//! A call that the model did not finish is answered, and never executed.

use graph_core::model::{ModelError, ScriptedModel, Turn};
use graph_core::prelude::*;
use serde_json::json;

use crate::{Ran, texts};

/// Deletes files: all of them, if no pattern is given.
#[tool]
async fn delete(pattern: Option<String>, #[inject] ran: &Ran) -> &'static str {
    ran.note(format!("{pattern:?}"));
    "deleted"
}

struct Deps {
    model: ScriptedModel,
    tools: ToolSet,
}

#[node]
async fn agent(state: &MessagesState, cx: &Context<Cleaner>) -> NodeResult<NewMessages> {
    let Deps { model, tools } = cx.deps();
    Ok(model.invoke(Prompt::new(&state.messages).tools(tools), cx).await?.into())
}

#[node]
async fn tools(state: &MessagesState, cx: &Context<Cleaner>) -> NodeResult<NewMessages> {
    Ok(cx.deps().tools.call_all(state.pending_tool_calls(), cx).await?.into())
}

graph! {
    Cleaner<MessagesState, Deps> {
        START -> agent;
        agent -> |state| if state.has_pending_tool_calls() { tools } else { END };
        tools -> agent;
    }
}

fn app(model: ScriptedModel, ran: &Ran) -> App<Cleaner> {
    Cleaner::new(Deps { model, tools: tools![delete(ran.clone())] })
}

#[tokio::test]
async fn the_finish_reason_decides_and_not_whether_it_parses() {
    // Of `{"pattern": "*.tmp"}`: nothing, which counts as `{}`; a whole object; half of one.
    for arrived in ["", "{}", r#"{"pattern": "*"}"#, r#"{"patt"#] {
        let ran = Ran::default();
        let cut = Turn::new().tool_call("c1", "delete", arrived).finish_reason("length");
        let state = app(ScriptedModel::new().turn(cut).reply("sorry"), &ran)
            .run(MessagesState::input(Message::user("clean up")))
            .await
            .unwrap();
        assert_eq!(ran.take(), [""; 0], "{arrived:?}");
        let texts = texts(&state.messages);
        assert!(texts[2].starts_with("Error: the call was not executed"), "{texts:?}");
        assert_eq!((state.messages[2].tool_call_id(), &*texts[3]), ("c1", "sorry"));
    }
}

#[tokio::test]
async fn a_reply_that_breaks_off_in_a_call_runs_nothing_and_the_thread_goes_on() {
    let ran = Ran::default();
    let broken = ModelError::Truncated { problem: "the connection was reset".into() };
    let model = ScriptedModel::new()
        .turn(Turn::new().tool_call("c1", "delete", r#"{"pattern": "a"}"#).error(broken))
        .turn(Turn::new().call("c2", "delete", &json!({"pattern": "b"})))
        .reply("done");
    let thread = app(model, &ran).checkpointer(MemorySaver::new()).thread("t");
    thread.run(MessagesState::input(Message::user("clean up"))).await.unwrap_err();
    assert_eq!(ran.take(), [""; 0], "no partial call is executed");

    let state = thread.continue_run().await.unwrap();
    assert_eq!(ran.take(), [r#"Some("b")"#]);
    assert_eq!(texts(&state.messages), ["clean up", "", "deleted", "done"]);
    assert_eq!(state.messages[2].tool_call_id(), "c2", "each call in the history has its answer");
}
