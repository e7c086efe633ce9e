//! A graph written as a struct.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    pub struct ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
