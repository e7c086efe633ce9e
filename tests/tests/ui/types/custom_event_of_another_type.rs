//! Row 41: an event that the graph does not declare.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState, cx: &Context<ChatGraph>) -> Said {
    cx.emit("half way");
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        custom u64;

        START -> ask -> END;
    }
}

fn main() {}
