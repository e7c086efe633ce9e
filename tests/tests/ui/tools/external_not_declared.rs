//! Row 159: a tool that runs elsewhere, in a graph that does not declare it.
use graph_core::prelude::*;

/// Clicks.
#[tool(external)]
fn click(selector: String) -> bool;

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
    let _: ToolSet<Chat> = tools![click];
}
