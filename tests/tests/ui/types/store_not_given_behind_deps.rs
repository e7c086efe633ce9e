//! Row 141: the dependencies are there, and the store is not.
include!("../preamble.rs");

struct Topics;

#[node]
async fn ask(cx: &Context<ChatGraph>) -> NodeResult<Said> {
    let topics = cx.store().collection::<String>(["topics"]);
    Ok(Said { topic: topics.get("last").await?.unwrap_or_default() })
}

graph! {
    ChatGraph<ChatState, Topics> {
        store;

        START -> ask -> END;
    }
}

fn main() {
    let _ = ChatGraph::new(Topics);
}
