//! Row 113: a breakpoint in a graph.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    count: u64,
}

#[node]
fn plan(_: &Story) -> StoryWrite::Count {
    StoryWrite::Count(1)
}

#[node]
fn tell(_: &Story) -> StoryWrite::Topic {
    StoryWrite::Topic(String::new())
}

#[node]
fn note(_: &Story) -> () {}

graph! {
    Stories<Story> {
        START -> plan;
        interrupt_before = [tell];
        tell -> note -> END;
    }
}

fn main() {}
