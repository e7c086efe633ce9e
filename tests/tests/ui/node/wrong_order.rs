//! Row 48: the context before the state.
include!("../preamble.rs");

#[node]
async fn ask(_: &RunContext, _: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
