//! Row 32: a shared list with elements of another type.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ParentState {
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(State, Clone, Debug, Default)]
#[state(parent = ParentState)]
struct ChildState {
    #[state(shared, reduce = Append)]
    log: Vec<u64>,
}

fn main() {}
