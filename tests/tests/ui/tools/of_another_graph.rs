//! Row 151: a tool that takes the context of another graph.
use graph_core::prelude::*;

/// Tells the topic.
#[tool]
async fn topic(cx: &Context<Other>) -> &'static str {
    cx.deps()
}

#[node]
async fn answer(state: &MessagesState) -> NewMessages {
    state.messages.clone().into()
}

graph! {
    Other<MessagesState, &'static str> {
        START -> answer -> END;
    }
}

graph! {
    Chat<MessagesState> {
        START -> answer -> END;
    }
}

fn main() {
    let _: ToolSet<Chat> = tools![topic];
}
