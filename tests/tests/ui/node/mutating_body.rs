//! Row 53: a node that changes the state.
include!("../preamble.rs");

#[node]
async fn ask(state: &ChatState) -> Said {
    state.count += 1;
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
