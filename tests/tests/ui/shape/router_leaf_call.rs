//! Row 15: a leaf that calls.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| match state.count { 0 => END, _ => ask(state) };
    }
}

fn main() {}
