//! Row 13: a router that misses a case.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| match state.count > 3 {
            true => END,
        };
    }
}

fn main() {}
