//! Row 125: nobody would set the field.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    topic: String,
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
