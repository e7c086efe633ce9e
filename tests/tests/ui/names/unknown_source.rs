//! Row 2: a slip in a name in a source position is one node too few and one too many.
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
        START -> ask -> answer;
        anser -> END;
    }
}

fn main() {}
