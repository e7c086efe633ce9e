//! Row 144: a store with a type.
include!("../preamble.rs");

#[node]
async fn ask(cx: &Context<ChatGraph>) -> NodeResult<Said> {
    let topics = cx.store().collection::<String>(["topics"]);
    Ok(Said { topic: topics.get("last").await?.unwrap_or_default() })
}

graph! {
    ChatGraph<ChatState> {
        store String;

        START -> ask -> END;
    }
}

fn main() {}
