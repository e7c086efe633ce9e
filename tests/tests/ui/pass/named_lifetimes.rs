//! A node's lifetimes may have names.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    topic: String,
    count: u64,
}

#[node]
async fn count<'a>(state: &'a Story) -> StoryWrite::Count {
    let topic: &'a str = &state.topic;
    StoryWrite::Count(topic.len() as u64)
}

#[node]
async fn ask<'a, 'b>(Story { topic, .. }: &'a Story, _cx: &'b Context<Stories>) -> StoryWrite::Topic {
    StoryWrite::Topic(format!("{topic}!"))
}

#[node]
fn last(_: &'_ Story, _cx: &'_ RunContext) -> () {}

graph! { Stories<Story> { START -> ask -> count -> last -> END; } }

fn main() {
    let story = Stories::new().run(StoryUpdate::default()).blocking().unwrap();
    assert_eq!((story.topic.as_str(), story.count), ("!", 1));
}
