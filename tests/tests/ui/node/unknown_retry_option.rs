//! An option that `retry` does not have.
include!("../preamble.rs");

#[node(retry(attempts = 3))]
async fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
