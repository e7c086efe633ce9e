//! Row 59: a map that does not say what a write does.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    scores: std::collections::BTreeMap<String, u64>,
}

fn main() {}
