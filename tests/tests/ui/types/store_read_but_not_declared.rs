//! Row 142: a node that reads a store that its graph does not declare.
include!("../preamble.rs");

#[node]
async fn ask(cx: &Context<ChatGraph>) -> NodeResult<Said> {
    let topics = cx.store().collection::<String>(["topics"]);
    Ok(Said { topic: topics.get("last").await?.unwrap_or_default() })
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
