//! A state taken as an `Arc`.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    count: u64,
    joke: Late<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Counted {
    count: u64,
}

#[node]
fn plan(Story { count, .. }: &Story) -> Counted {
    Counted { count: *count }
}

#[node]
fn tell(Story { count, .. }: &Story) -> Counted {
    Counted { count: *count }
}

#[node]
fn note(Story { count, .. }: &Story) -> Counted {
    Counted { count: *count }
}

#[node]
fn shared(state: std::sync::Arc<Story>) -> Counted { Counted { count: state.count } }
graph! { Stories<Story> { START -> shared -> END; } }

fn main() {}
