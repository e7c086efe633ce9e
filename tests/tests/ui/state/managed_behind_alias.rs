//! Row 125: the type decides, under whatever name.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    topic: String,
    remaining: Left,
}

type Left = IsLastStep;

#[node]
fn tell(Story { remaining, .. }: &Story) -> StoryWrite::Topic {
    StoryWrite::Topic(remaining.get().to_string())
}

graph! {
    StoryGraph<Story> {
        START -> tell -> END;
    }
}

fn main() {}
