//! Row 47: a lifetime.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState<'a> {
    topic: &'a str,
}

fn main() {}
