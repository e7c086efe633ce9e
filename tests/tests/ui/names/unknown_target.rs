//! Row 1: an edge to a node that does not exist.
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
        START -> ask -> anser;
        anser -> END;
    }
}

fn main() {}
