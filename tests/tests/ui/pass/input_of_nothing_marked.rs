//! Where no field is marked as input, the input is the update, under both names.
#![deny(warnings)]
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    topic: String,
    count: u64,
}

#[node]
fn note(Story { topic, .. }: &Story) -> StoryWrite::Count {
    StoryWrite::Count(topic.len() as u64)
}

graph! {
    Stories<Story> {
        START -> note -> END;
    }
}

fn main() {
    let state = Stories::new().run(StoryInput::default().topic("cats".into())).blocking().unwrap();
    assert_eq!(state.count, 4);
    let state = Stories::new().run(StoryUpdate::default()).blocking().unwrap();
    assert_eq!(state.count, 0);
}
