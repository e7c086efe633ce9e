//! A reducer that cannot change the field.
use graph_core::prelude::*;

#[reducer]
fn keep(current: u64, new: u64) {
    let _ = (current, new);
}

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce = keep)]
    count: u64,
}

fn main() {}
