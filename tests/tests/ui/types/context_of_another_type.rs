//! A context of another type.
include!("../preamble.rs");

struct Session {
    user: String,
}

#[node]
async fn ask(_: &ChatState, cx: &Context<ChatGraph>) -> Said {
    Said { topic: cx.context().user.clone() }
}

graph! {
    ChatGraph<ChatState> {
        context Session;

        START -> ask -> END;
    }
}

fn main() {
    let _ = ChatGraph::new().run(ChatStateInput { topic: String::new() }).context(7);
}
