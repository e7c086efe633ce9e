use std::future::poll_fn;
use std::time::Duration;

use super::super::{ChatModel, ChunkStream, ModelError, Prompt};
use super::{ScriptedModel, Turn};
use crate::message::MessageChunk;

async fn next(chunks: &mut ChunkStream) -> Option<Result<MessageChunk, ModelError>> {
    poll_fn(|cx| chunks.as_mut().poll_next(cx)).await
}

async fn all(model: &ScriptedModel) -> Vec<Result<MessageChunk, ModelError>> {
    let mut chunks = model.generate("hi".into()).await.unwrap();
    let mut seen = Vec::new();
    while let Some(chunk) = next(&mut chunks).await {
        seen.push(chunk);
    }
    seen
}

#[tokio::test]
async fn a_reply_is_streamed_word_by_word_and_its_last_chunk_is_marked() {
    let seen: Vec<_> =
        all(&ScriptedModel::new().reply("hello big world")).await.into_iter().map(Result::unwrap).collect();
    let texts: Vec<_> = seen.iter().map(|chunk| (chunk.text(), chunk.is_last())).collect();
    assert_eq!(texts, [("hello", false), (" big", false), (" world", true)]);
    assert!(!seen[0].id().is_empty() && seen.iter().all(|chunk| chunk.id() == seen[0].id()));
    let silent = all(&ScriptedModel::new().turn(Turn::new())).await;
    assert!(silent.len() == 1 && silent[0].as_ref().is_ok_and(MessageChunk::is_last));
}

#[tokio::test]
async fn golden_30_a_call_in_fragments() {
    let turn = Turn::new().id("ai-0").tool_call("call_1", "add", "").fragment("{\"a\": 1,").fragment(" \"b\": 2}");
    let model = ScriptedModel::new().turn(turn);
    let reply = model.complete("hi".into()).await.unwrap();
    assert_eq!((reply.id(), reply.tool_calls()[0].to_string().as_str()), ("ai-0", r#"add({"a":1,"b":2})"#));
}

#[tokio::test]
async fn errors_come_where_the_script_has_them() {
    let oops = ModelError::Other("oops".into());
    let model = ScriptedModel::new()
        .turn(Turn::new().error(oops.clone()))
        .turn(Turn::new().text("a").error(oops.clone()).text("b"));
    assert_eq!(model.generate("hi".into()).await.err(), Some(oops.clone()));
    let seen = all(&model).await;
    assert!(seen[0].as_ref().is_ok_and(|chunk| chunk.text() == "a" && !chunk.is_last()));
    assert_eq!((seen.len(), seen[1].clone().err()), (2, Some(oops)));
    assert_eq!(model.generate("hi".into()).await.err(), Some(ModelError::ScriptEnded { turns: 2 }));
    assert_eq!(model.prompts().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn pauses_are_on_tokios_clock() {
    let model = ScriptedModel::new().turn(Turn::new().text("a").delay(Duration::from_mins(1)).text("b")).repeat();
    let start = tokio::time::Instant::now();
    assert_eq!(all(&model).await.len(), 2);
    assert_eq!(start.elapsed(), Duration::from_mins(1));
    // Dropped in the middle of a pause: the model continues with the next turn.
    let mut chunks = model.generate("hi".into()).await.unwrap();
    next(&mut chunks).await;
    drop(chunks);
    assert_eq!(all(&model).await.len(), 2);
}

#[tokio::test]
async fn a_function_makes_turns_of_prompts_and_may_look_at_the_model() {
    let model = ScriptedModel::from_fn(|prompt: &Prompt| Turn::words(&prompt.messages[0].text().to_uppercase()));
    let shared: std::sync::Arc<dyn ChatModel> = std::sync::Arc::new(model.clone());
    assert_eq!(shared.complete("hi".into()).await.unwrap().text(), "HI");
    assert_eq!(model.prompts(), ["hi".into()]);
}
