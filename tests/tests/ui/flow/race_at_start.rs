//! Row 24: in the first edge.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: "answer".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> [ask, answer];
        [ask, answer] -> END;
    }
}

fn main() {}
