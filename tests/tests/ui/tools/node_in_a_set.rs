//! Row 155: a node in a set of tools.
use graph_core::prelude::*;

#[node]
async fn answer(state: &MessagesState) -> NewMessages {
    state.messages.clone().into()
}

fn main() {
    let _: ToolSet = tools![answer];
}
