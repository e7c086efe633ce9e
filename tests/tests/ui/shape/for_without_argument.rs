//! A `for` edge that sends no value.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| for _ in &state.log { ask() };
    }
}

fn main() {}
