//! Row 141: a graph that declares the store, made without one.
include!("../preamble.rs");

#[node]
async fn ask(cx: &Context<ChatGraph>) -> NodeResult<Said> {
    let topics = cx.store().collection::<String>(["topics"]);
    Ok(Said { topic: topics.get("last").await?.unwrap_or_default() })
}

graph! {
    ChatGraph<ChatState> {
        store;

        START -> ask -> END;
    }
}

fn main() {
    let _ = ChatGraph::new();
}
