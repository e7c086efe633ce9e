//! A reducer in an attribute of its own.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[reduce(Append)]
    log: Vec<String>,
}

fn main() {}
