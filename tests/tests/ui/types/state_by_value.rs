//! A node that takes the state by value.
include!("../preamble.rs");

#[node]
async fn ask(state: ChatState) -> Said {
    Said { topic: state.topic }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
