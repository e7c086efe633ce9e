//! The ready-made agent.

use std::time::Duration;

use graph_core::agent::{AgentGraphNode, ModelCallLimit};
use graph_core::message::{Role, ToolStatus};
use graph_core::model::{ScriptedModel, Turn};
use graph_core::prelude::*;
use graph_core::run::TaskState;
use serde_json::json;

use crate::{Ran, call, calls, texts};

/// Waits.
#[tool]
async fn wait(seconds: u64, #[inject] ran: &Ran) -> u64 {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    ran.note(seconds.to_string());
    seconds
}

fn user(text: &str) -> graph_core::message::MessagesStateInput {
    MessagesState::input(Message::user(text))
}

#[tokio::test(start_paused = true)]
async fn each_call_is_a_task_and_the_history_has_them_in_order() {
    let ran = Ran::default();
    let asks = calls([("c1", "wait", json!({"seconds": 2})), ("c2", "wait", json!({"seconds": 1}))]);
    let model = ScriptedModel::new().turn(asks).reply("done");
    let agent = Agent::new(model.clone()).tools(tools![wait(ran.clone())]).build();
    let mut tasks = agent.run(user("go")).tasks();
    let mut started = 0;
    while let Some(task) = tasks.next().await {
        let task = task.unwrap();
        let is_call = task.node == AgentGraphNode::Tools && matches!(task.state, TaskState::Started { .. });
        started += usize::from(is_call);
    }
    assert_eq!(started, 2);
    assert_eq!(ran.take(), ["1", "2"], "side by side");
    let state = tasks.output().unwrap();
    assert_eq!(texts(&state.messages), ["go", "", "2", "1", "done"]);
    let told: Vec<_> = model.prompts()[1].tools.iter().map(|tool| tool.name.clone()).collect();
    assert_eq!(told, ["wait"]);
}

#[tokio::test]
async fn the_system_prompt_is_in_every_prompt_and_not_in_the_state() {
    let model = ScriptedModel::new().reply("hi").reply("hi again");
    let agent = Agent::new(model.clone())
        .system_prompt_from(|state| format!("{} so far", state.messages.len()))
        .build()
        .checkpointer(MemorySaver::new());
    let thread = agent.thread("t");
    thread.run(user("a")).await.unwrap();
    let state = thread.run(user("b")).await.unwrap();
    assert_eq!(texts(&state.messages), ["a", "hi", "b", "hi again"]);
    let systems: Vec<_> = model.prompts().iter().map(|prompt| prompt.messages[0].text()).collect();
    assert_eq!(systems, ["1 so far", "3 so far"]);

    let model = ScriptedModel::new().reply("hi");
    Agent::new(model.clone()).system_prompt("").build().run(user("a")).await.unwrap();
    assert_eq!(model.prompts()[0].messages[0].role(), Role::User, "an empty text is none");
}

#[tokio::test]
async fn a_model_that_does_not_stop_is_stopped() {
    let model = ScriptedModel::new().turn(Turn::new().call("c", "wait", &json!({"seconds": 0}))).repeat();
    let agent = Agent::new(model.clone()).tools(tools![wait(Ran::default())]).max_model_calls(3).build();
    let error = agent.run(user("go")).await.unwrap_err();
    let graph_core::Error::Node { source, .. } = &error else { panic!("{error:?}") };
    assert_eq!(source.downcast_ref::<ModelCallLimit>(), Some(&ModelCallLimit { limit: 3 }));
    assert_eq!(model.prompts().len(), 3);
}

#[tokio::test]
async fn calls_beyond_the_limit_are_answered_and_not_executed() {
    let ran = Ran::default();
    let ask = |id: &str| (id.to_owned(), json!({"seconds": 0}));
    let asks =
        |ids: [&str; 2]| ids.map(ask).into_iter().fold(Turn::new(), |turn, (id, args)| turn.call(id, "wait", &args));
    let model = ScriptedModel::new().turn(asks(["a", "b"])).turn(asks(["c", "d"])).reply("done");
    let agent = Agent::new(model).tools(tools![wait(ran.clone())]).max_tool_calls(3).build();
    let state = agent.run(user("go")).await.unwrap();
    assert_eq!(ran.take().len(), 3);
    let refused = "Error: the call was not executed: the limit of 3 tool calls is reached";
    assert_eq!(texts(&state.messages), ["go", "", "0", "0", "", "0", refused, "done"]);
    assert_eq!(state.messages[6].status(), ToolStatus::Error);
    assert_eq!(state.messages[6].tool_call_id(), "d");
}

#[tokio::test]
async fn every_call_of_an_edited_history_has_an_answer() {
    let ran = Ran::default();
    let asking = |id: &str| Message::assistant("").with_tool_calls([call(id, "wait", json!({"seconds": 0}))]);
    // The history ends in a call: it is executed before the model is called.
    let model = ScriptedModel::new().reply("done");
    let agent = Agent::new(model).tools(tools![wait(ran.clone())]).build();
    let state = agent.run(MessagesState::input(vec![Message::user("go"), asking("a")])).await.unwrap();
    assert_eq!(texts(&state.messages), ["go", "", "0", "done"]);
    assert_eq!(ran.take().len(), 1);

    // The user has said something else: the model is told, and the history stays what it is.
    let model = ScriptedModel::new().reply("fine");
    let agent = Agent::new(model.clone()).tools(tools![wait(ran.clone())]).build();
    let input = vec![Message::user("go"), asking("a"), Message::user("never mind")];
    let state = agent.run(MessagesState::input(input)).await.unwrap();
    assert_eq!(texts(&state.messages), ["go", "", "never mind", "fine"]);
    assert_eq!(ran.take().len(), 0);
    let sent = &model.prompts()[0].messages;
    assert_eq!((sent.len(), sent[2].tool_call_id(), sent[2].status()), (4, "a", ToolStatus::Error));
}

#[tokio::test]
async fn an_agent_without_tools_answers() {
    let state = Agent::new(ScriptedModel::new().reply("hi")).build().run(user("hello")).await.unwrap();
    assert_eq!(texts(&state.messages), ["hello", "hi"]);
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_turn_leaves_a_history_that_a_provider_takes() {
    let ran = Ran::default();
    let asks = calls([("c1", "wait", json!({"seconds": 1})), ("c2", "wait", json!({"seconds": 60}))]);
    let model = ScriptedModel::new().turn(asks).reply("as you like");
    let agent = Agent::new(model.clone()).tools(tools![wait(ran.clone())]).build().checkpointer(MemorySaver::new());
    let mut parts = agent.thread("t").run(user("go")).tools();
    while let Some(part) = parts.next().await {
        if matches!(part.unwrap().event, graph_core::tool::ToolEvent::Finished(_)) {
            break;
        }
    }
    // Cancelled, as one of two calls has been executed.
    drop(parts);
    assert_eq!(ran.take(), ["1"]);

    let state = agent.thread("t").run(user("forget it")).await.unwrap();
    assert_eq!(texts(&state.messages), ["go", "", "forget it", "as you like"]);
    let sent: Vec<_> = model.prompts()[1].messages.iter().map(|message| message.tool_call_id().to_owned()).collect();
    assert_eq!(sent, ["", "", "c1", "c2", ""], "each call of the history has an answer");
}
