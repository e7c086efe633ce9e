//! Row 19: a value of another type.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    count: u64,
}

fn write() -> ChatStateUpdate {
    ChatStateUpdate::default().count("seven")
}

fn main() {}
