//! A duration without a unit.
include!("../preamble.rs");

#[node(timeout = "10")]
async fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
