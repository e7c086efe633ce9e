//! Row 125: an update that writes a managed field.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    topic: String,
    #[state(managed)]
    remaining: RemainingSteps,
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Told {
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
