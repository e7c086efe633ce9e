//! Row 47: a tuple struct.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState(String);

#[node]
async fn ask(_: &ChatState) -> ChatStateUpdate {
    ChatStateUpdate::default()
}

fn main() {}
