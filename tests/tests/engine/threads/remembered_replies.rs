//! A model's reply is remembered by the thread: a node that runs again does not buy it twice.

use graph_core::model::{ModelError, ScriptedModel, Turn};
use graph_core::prelude::*;
use graph_core::run::MessageContent;

use crate::kit::read;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Chat {
    #[state(input, reduce = AddMessages)]
    messages: Vec<Message>,
}

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = bool)]
struct Send {
    draft: String,
}

#[node(retry(max_attempts = 3, initial = "1ms"))]
async fn write(Chat { messages }: &Chat, cx: &Context<Writing>) -> NodeResult<ChatWrite::Messages> {
    let draft = cx.deps().invoke(messages, cx).await?;
    if draft.text() == "nonsense" {
        return Err(NodeError::msg("that makes no sense"));
    }
    if cx.interrupt(Send { draft: draft.text() }).await? {
        return Ok(ChatWrite::Messages(draft.into()));
    }
    let other = cx.deps().invoke("another, please", cx).await?;
    Ok(ChatWrite::Messages(other.into()))
}

graph! {
    Writing<Chat, ScriptedModel> {
        interrupt Send;

        START -> write -> END;
    }
}

fn input() -> ChatInput {
    ChatInput { messages: Message::user("write to Ada").into() }
}

fn draft_of(outcome: Outcome<Writing>) -> String {
    let pending = outcome.interrupted().unwrap();
    let WritingInterrupt::Send(ask) = pending.iter().next().unwrap().value.clone();
    ask.draft
}

#[tokio::test]
async fn a_resumed_node_gets_the_reply_that_the_human_has_seen() {
    let saver = MemorySaver::new();
    let model = ScriptedModel::new().reply("Dear Ada").reply("Dearest Ada");
    let thread = Writing::new(model).checkpointer(saver.clone()).thread("t");
    assert_eq!(draft_of(thread.run(input()).outcome().await.unwrap()), "Dear Ada");

    // As after a restart: a model that has nothing more to say.
    let thread = Writing::new(ScriptedModel::new()).checkpointer(saver).thread("t");
    let (parts, error) = read(thread.resume(true).messages()).await;
    assert!(error.is_none(), "{error:?}");
    let whole = parts.iter().filter(|part| matches!(part.content, MessageContent::Whole(_))).count();
    assert_eq!((parts.len(), whole), (1, 1), "it arrives once, without tokens");
    assert_eq!(thread.state().await.unwrap().values.messages[1].text(), "Dear Ada");
}

#[tokio::test]
async fn another_prompt_and_another_attempt_are_asked() {
    let model = ScriptedModel::new().reply("nonsense").reply("Dear Ada").reply("Hi Ada");
    let thread = Writing::new(model).checkpointer(MemorySaver::new()).thread("t");
    assert_eq!(draft_of(thread.run(input()).outcome().await.unwrap()), "Dear Ada", "the second attempt asked again");
    let chat = thread.resume(false).await.unwrap();
    assert_eq!(chat.messages[1].text(), "Hi Ada");
}

#[tokio::test]
async fn a_reply_that_was_cut_off_is_not_remembered() {
    let cut_off = Turn::new().text("Dear").error(ModelError::Truncated { problem: "the line was cut".to_owned() });
    let model = ScriptedModel::new().turn(cut_off).reply("Dear Ada");
    let thread = Writing::new(model).checkpointer(MemorySaver::new()).thread("t");
    let outcome = match thread.run(input()).outcome().await {
        Ok(outcome) => outcome,
        Err(_) => thread.continue_run().outcome().await.unwrap(),
    };
    assert_eq!(draft_of(outcome), "Dear Ada");
}
