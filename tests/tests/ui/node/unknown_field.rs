//! Row 22: a pattern with a field that is not there.
include!("../preamble.rs");

#[node]
async fn ask(ChatState { topik, .. }: &ChatState) -> Said {
    Said { topic: topik.clone() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
