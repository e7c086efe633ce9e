//! A graph whose name is that of a node.
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

#[allow(non_camel_case_types)]
mod inner_graph { use super::*; graph! { pub inner<Story> { START -> tell -> END; } } }
use inner_graph::inner;

graph! {
    Stories<Story> {
        START -> plan -> inner -> END;
    }
}

fn main() {}
