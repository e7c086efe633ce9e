//! A number where a duration belongs.
include!("../preamble.rs");

#[node(retry(max_attempts = "3"))]
async fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
