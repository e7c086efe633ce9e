//! Row 18: a misspelt `reduce` on a list, which is not also said to lack a reducer.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(reducer = Append)]
    log: Vec<String>,
}

fn main() {}
