//! Row 26: a function for another type.
use graph_core::prelude::*;

#[reducer]
fn keep(current: &mut String, new: String) {
    *current = new;
}

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce = keep)]
    count: u64,
}

fn main() {}
