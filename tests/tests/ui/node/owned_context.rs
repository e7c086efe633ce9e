//! A context by value.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState, cx: Context<ChatGraph>) -> Said {
    Said { topic: cx.node().into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
