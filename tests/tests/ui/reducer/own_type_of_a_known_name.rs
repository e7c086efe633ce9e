//! Row 27: a type of the name of a reducer of graph-core, which is none.
use graph_core::prelude::State;

struct Append;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    count: u64,
    #[state(reduce = Append)]
    log: Vec<String>,
}

fn main() {}
