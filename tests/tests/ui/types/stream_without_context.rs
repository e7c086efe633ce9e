//! A stream of a run that is not given the context that its graph declares.
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
    let _ = ChatGraph::new().run(ChatStateInput { topic: String::new() }).updates();
}
