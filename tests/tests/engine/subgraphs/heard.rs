//! The parts of a subgraph: each once, under its namespace, and only if requested.

use graph_core::model::{ScriptedModel, Turn};
use graph_core::prelude::*;
use graph_core::run::MessageContent;
use graph_core::run::kind;

use crate::kit::items;

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

#[node]
async fn speak(_: &Chat, cx: &Context<Speaker>) -> NodeResult<Said> {
    cx.emit("clears its throat".to_owned());
    Ok(Said { messages: cx.deps().invoke("hi", cx).await?.into() })
}

#[node]
fn sign(_: &Chat) -> Said {
    Said { messages: Message::assistant("signed").into() }
}

graph! {
    Speaker<Chat, ScriptedModel> {
        custom String;

        START -> speak -> sign -> END;
    }
}

/// Returns the existing messages and a new one.
#[node]
fn bow(Chat { messages }: &Chat) -> Said {
    let all = messages.iter().cloned().chain([Message::assistant("thanks")]);
    Said { messages: all.collect() }
}

graph! {
    Stage<Chat, ScriptedModel> {
        START -> Speaker as speaker -> bow -> END;
    }
}

fn run() -> Run<Stage> {
    let reply = Turn::new().text("a").text(" b");
    Stage::new(ScriptedModel::new().turn(reply)).run(ChatInput { messages: Message::user("hello").into() })
}

#[tokio::test]
async fn without_subgraphs_their_messages_come_whole_when_they_end() {
    let mut stream = run().messages();
    let mut seen = Vec::new();
    while let Some(piece) = stream.next().await {
        let piece = piece.unwrap();
        assert!(matches!(piece.content, MessageContent::Whole(_)));
        seen.push((piece.node, piece.text().into_owned(), piece.message_id().to_owned()));
    }
    let saved = &stream.output().unwrap().messages;
    let nodes = [StageNode::Speaker, StageNode::Speaker, StageNode::Bow];
    let expected: Vec<_> = saved[1..].iter().zip(nodes).map(|(m, node)| (node, m.text(), m.id().to_owned())).collect();
    assert_eq!(seen, expected);
    assert_eq!(seen.iter().map(|(_, text, _)| text.as_str()).collect::<Vec<_>>(), ["a b", "signed", "thanks"]);
    assert!(items(run().tokens()).await.is_empty(), "a whole message is no token");
}

#[tokio::test]
async fn with_subgraphs_each_piece_comes_once_and_nothing_is_repeated() {
    let told = items(run().subgraphs().messages()).await;
    let mut seen = Vec::new();
    for item in told {
        seen.push(match item {
            WithSubgraphs::Own(piece) => format!("{}: {}", piece.node, piece.text()),
            WithSubgraphs::Subgraph(namespace, StageSubgraph::Speaker(piece)) => {
                assert_eq!(namespace.segments().len(), 1);
                format!("{}/{}: {}", namespace.segments()[0].node, piece.node, piece.text())
            }
        });
    }
    assert_eq!(seen, ["speaker/speak: a", "speaker/speak:  b", "speaker/sign: signed", "bow: thanks"]);

    let tokens: Vec<WithSubgraphs<String, StageSubgraph<kind::Tokens>>> = items(run().subgraphs().tokens()).await;
    let texts = tokens.into_iter().map(|token| match token {
        WithSubgraphs::Own(text) => panic!("{text} was said by no node of the stage"),
        WithSubgraphs::Subgraph(_, StageSubgraph::Speaker(text)) => text,
    });
    assert_eq!(texts.collect::<Vec<_>>(), ["a", " b"]);
}

#[tokio::test]
async fn what_is_emitted_inside_is_heard_with_subgraphs_only() {
    assert!(items(run().stream(Mode::CUSTOM)).await.is_empty());
    let told = items(run().subgraphs().custom()).await;
    let [WithSubgraphs::Subgraph(namespace, StageSubgraph::Speaker(event))] = &*told else {
        panic!("one event: {}", told.len())
    };
    assert_eq!((namespace.segments()[0].node, event.as_str()), ("speaker", "clears its throat"));
}
