//! Row 125: a node that writes a managed field.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    topic: String,
    #[state(managed)]
    remaining: RemainingSteps,
}

#[node]
fn tell(Story { remaining, .. }: &Story) -> (StoryWrite::Topic, StoryWrite::Remaining) {
    todo!("{remaining}")
}

graph! {
    StoryGraph<Story> {
        START -> tell -> END;
    }
}

fn main() {}
