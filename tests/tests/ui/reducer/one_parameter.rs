//! A reducer of nothing.
use graph_core::prelude::*;

#[reducer]
fn keep(current: &mut u64) {
    *current = 0;
}

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reduce = keep)]
    count: u64,
}

fn main() {}
