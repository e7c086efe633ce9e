//! Row 125: a managed field always has its value.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    topic: String,
    #[state(managed)]
    remaining: Late<RemainingSteps>,
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
