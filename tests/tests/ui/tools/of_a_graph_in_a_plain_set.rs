//! Row 151: a tool of one graph in a set for any.
use graph_core::prelude::*;

/// Tells the topic.
#[tool]
async fn topic(cx: &Context<Chat>) -> &'static str {
    cx.node()
}

#[node]
async fn answer(state: &MessagesState) -> NewMessages {
    state.messages.clone().into()
}

graph! {
    Chat<MessagesState> {
        START -> answer -> END;
    }
}

fn main() {
    let _: ToolSet = tools![topic];
}
