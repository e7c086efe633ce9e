//! Row 125: nodes do not write a managed field.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    topic: String,
    #[state(managed, reduce = Max)]
    remaining: RemainingSteps,
}

#[node]
fn tell(Story { remaining, .. }: &Story) -> StoryWrite::Topic {
    StoryWrite::Topic(remaining.to_string())
}

graph! {
    StoryGraph<Story> {
        START -> tell -> END;
    }
}

fn main() {}
