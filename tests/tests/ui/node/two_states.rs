//! Row 48: two states.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState, _: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
