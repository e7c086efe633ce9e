//! A router that is being typed: the update enum keeps its nodes.
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

graph! { Stories<Story> { START -> plan; plan -> |state| if state. { tell } else { note }; } }
fn see(update: StoriesUpdate) {
    match update { StoriesUpdate::Plan(_) => {} StoriesUpdate::Tell(_) => {} StoriesUpdate::Note(_) => {} }
}

fn main() {}
