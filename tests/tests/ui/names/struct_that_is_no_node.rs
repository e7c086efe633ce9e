//! A type that is no node.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

struct Answer;

graph! {
    ChatGraph<ChatState> {
        START -> ask -> Answer -> END;
    }
}

fn main() {}
