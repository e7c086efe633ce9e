//! A node that reads a context that its graph does not declare.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState, cx: &Context<ChatGraph>) -> Said {
    Said { topic: format!("{:?}", cx.context()) }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
