//! Row 48: a second state is no context.
include!("../preamble.rs");

#[derive(State, Clone, Debug, Default)]
struct Other {
    count: u64,
}

#[node(retry(max_attempts = 3))]
async fn ask(_: &ChatState, other: &Other) -> Said {
    Said { topic: other.count.to_string() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
