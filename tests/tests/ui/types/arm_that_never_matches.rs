//! Row 14: an arm that can never match.
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
        START -> ask;
        ask -> |state| match state.count {
            _ => END,
            3 => answer,
        };
        answer -> END;
    }
}

fn main() {}
