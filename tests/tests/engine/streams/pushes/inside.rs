//! Pushes inside subgraphs.

use super::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Chat)]
struct Piece {
    #[state(shared, reduce = AddMessages)]
    messages: Vec<Message>,
    note: String,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Piece)]
struct Noted {
    note: String,
}

#[node]
fn note(_: &Piece, cx: &Context<Inner>) -> Noted {
    cx.push_message(say("noted"));
    Noted { note: "a".into() }
}

graph! {
    Inner<Piece> {
        START -> note -> END;
    }
}

#[node]
fn only_pushes(_: &Chat, cx: &Context<Same>) -> Done {
    cx.push_message(say("the same"));
    Done { done: true }
}

graph! {
    Same<Chat> {
        START -> only_pushes -> END;
    }
}

graph! {
    Middle<Chat> {
        START -> Inner as inner -> Same as same -> END;
    }
}

graph! {
    Outer<Chat> {
        START -> Middle as middle -> END;
    }
}

#[tokio::test]
async fn what_is_pushed_inside_subgraphs_comes_out_though_their_nodes_write_something_else() {
    let input = ChatInput { messages: say("hi").into() };
    let values = items(Outer::new().run(input).values()).await;
    assert_eq!(texts(&values.last().unwrap().messages), ["hi", "noted", "the same"]);

    let pieces = items(Outer::new().run(nothing()).messages()).await;
    let heard: Vec<_> = pieces.iter().map(|piece| piece.text().into_owned()).collect();
    assert_eq!(heard, ["noted", "the same"], "whole, when the subgraph ends");
    let pieces = items(Outer::new().run(nothing()).subgraphs().messages()).await;
    assert_eq!(pieces.len(), 2, "from inside, and not once more when they come out");
}
