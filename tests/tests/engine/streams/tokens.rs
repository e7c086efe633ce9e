//! Replies of models inside nodes, streamed as they are generated.

use std::sync::Arc;
use std::time::Duration;

use graph_core::Error;
use graph_core::model::{ModelError, ScriptedModel, Turn};
use graph_core::prelude::*;
use graph_core::run::MessageContent;

use crate::kit::{Line, Log, items, line, nothing, read};

struct Two {
    one: Arc<dyn ChatModel>,
    other: Arc<dyn ChatModel>,
}

fn two(one: ScriptedModel, other: ScriptedModel) -> App<Duet> {
    Duet::new(Two { one: Arc::new(one), other: Arc::new(other) })
}

/// Asks for the whole reply.
#[node]
async fn one(_: &Log, cx: &Context<Duet>) -> NodeResult<Line> {
    Ok(line(cx.deps().one.invoke("one", cx).await?.text()))
}

/// Reads the reply chunk by chunk.
#[node]
async fn other(_: &Log, cx: &Context<Duet>) -> NodeResult<Line> {
    let mut reply = cx.deps().other.stream("other", cx).await?;
    let mut pieces = Vec::new();
    while let Some(piece) = reply.next().await {
        pieces.push(piece?.text().to_owned());
    }
    assert_eq!(pieces.concat(), reply.so_far().clone().finish().text());
    Ok(line(pieces.join("|")))
}

graph! {
    Duet<Log, Two> {
        START -> [one, other];
        one -> END;
        other -> END;
    }
}

#[tokio::test]
async fn invoke_and_stream_both_speak_while_they_go_on() {
    let app = two(ScriptedModel::new().reply("a b c"), ScriptedModel::new().reply("x y"));
    let mut one = app.run(nothing()).tokens().from(DuetNode::One);
    let mut seen = Vec::new();
    while let Some(token) = one.next().await {
        seen.push(token.unwrap());
    }
    assert_eq!(seen, ["a", " b", " c"]);
    assert_eq!(one.output().unwrap().log, ["a b c", "x| y"]);
}

#[tokio::test]
async fn parallel_models_take_turns_even_if_they_never_wait() {
    let words = |word: &str| ScriptedModel::new().reply(vec![word; 50].join(" ").as_str());
    let pieces = items(two(words("one"), words("other")).run(nothing()).messages()).await;
    assert_eq!(pieces.len(), 100);
    let nodes: Vec<_> = pieces.iter().map(|piece| piece.node).collect();
    for pair in nodes.chunks(2) {
        assert_ne!(pair[0], pair[1], "one model spoke twice while the other had something to say");
    }
    let ids: std::collections::HashSet<_> = pieces.iter().map(|piece| piece.message_id().to_owned()).collect();
    assert_eq!(ids.len(), 2, "the pieces of a message share its id");
}

#[tokio::test]
async fn tokens_are_never_empty() {
    let turn = Turn::new().text("").text("a").reasoning("hm").tool_call("c", "f", "{}").text("b").usage(1, 1).text("");
    let app = two(ScriptedModel::new().turn(turn).repeat(), ScriptedModel::new().turn(Turn::new()).repeat());
    assert_eq!(items(app.run(nothing()).tokens()).await, ["a", "b"]);
    assert!(items(app.run(nothing()).messages()).await.len() > 2, "the pieces without text are messages all the same");
}

#[tokio::test(start_paused = true)]
async fn a_token_is_there_before_the_next_is_said() {
    let slow = Turn::new().text("a").delay(Duration::from_mins(1)).text("b");
    let app = two(ScriptedModel::new().turn(slow), ScriptedModel::new().turn(Turn::new()));
    let mut tokens = app.run(nothing()).tokens();
    let begin = tokio::time::Instant::now();
    assert_eq!(tokens.next().await.unwrap().unwrap(), "a");
    assert_eq!(begin.elapsed(), Duration::ZERO);
    assert_eq!(tokens.next().await.unwrap().unwrap(), "b");
    assert_eq!(begin.elapsed(), Duration::from_mins(1));
}

#[tokio::test]
async fn a_model_that_fails_in_the_middle_fails_its_node_and_keeps_the_cause() {
    let lost = ModelError::Other("lost the thread".into());
    // Both ways of calling, and both times of failing.
    for (turn, said) in [(Turn::new().text("a").error(lost.clone()), 1), (Turn::new().error(lost.clone()), 0)] {
        let well = || ScriptedModel::new().turn(Turn::new());
        let broken = || ScriptedModel::new().turn(turn.clone());
        for (app, node) in [(two(broken(), well()), "one"), (two(well(), broken()), "other")] {
            let (tokens, error) = read(app.run(nothing()).tokens()).await;
            assert_eq!(tokens.len(), said);
            let Some(Error::Node { source, node: failed, .. }) = error else { panic!("{error:?}") };
            assert_eq!((failed, source.downcast_ref::<ModelError>()), (node, Some(&lost)));
        }
    }
}

mod written {
    use super::*;

    #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
    struct Chat {
        #[state(input, reduce = AddMessages)]
        messages: Vec<Message>,
    }

    #[derive(Update, Clone, Debug, Serialize, Deserialize)]
    #[update(Chat)]
    struct Said {
        messages: Messages,
    }

    /// Writes a model's reply, a new message, and an existing one.
    #[node]
    async fn speaks(Chat { messages }: &Chat, cx: &Context<Speaks>) -> NodeResult<Said> {
        let reply = cx.deps().invoke("hi", cx).await?;
        Ok(Said { messages: vec![messages[0].clone(), reply, Message::assistant("by hand")].into() })
    }

    graph! {
        Speaks<Chat, ScriptedModel> {
            START -> speaks -> END;
        }
    }

    #[tokio::test]
    async fn a_message_is_streamed_once_and_under_the_id_that_it_is_saved_under() {
        let mut pieces = Speaks::new(ScriptedModel::new().reply("a b"))
            .checkpointer(MemorySaver::new())
            .thread("t")
            .run(ChatInput { messages: Message::user("hi").into() })
            .messages();
        let mut seen = Vec::new();
        while let Some(piece) = pieces.next().await {
            let piece = piece.unwrap();
            assert_eq!(piece.thread_id.as_deref(), Some("t"));
            let model = piece.model.as_ref().map(|model| model.provider.clone());
            assert_eq!(model.is_some(), matches!(piece.content, MessageContent::Chunk(_)));
            seen.push((piece.text().into_owned(), piece.message_id().to_owned()));
        }
        let state = pieces.output().unwrap();
        let (said, by_hand) = (state.messages[1].id().to_owned(), state.messages[2].id().to_owned());
        assert!(!said.is_empty() && !by_hand.is_empty());
        let expected = [("a", &said), (" b", &said), ("by hand", &by_hand)];
        assert_eq!(seen, expected.map(|(text, id)| (text.to_owned(), id.clone())));
    }
}
