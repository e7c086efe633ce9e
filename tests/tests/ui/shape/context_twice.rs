//! Two contexts.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        context String;
        context u64;
        START -> ask -> END;
    }
}

fn main() {}
