//! The only arm that leaves a loop is forgotten: the loop is reported, and not the arm once more.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    count: u64,
}

enum Next {
    Tell,
    Done,
}

#[node]
fn plan(Story { count, .. }: &Story) -> Command<StoryWrite::Count, Next> {
    Command::new(StoryWrite::Count(count + 1), if *count > 3 { Next::Done } else { Next::Tell })
}

#[node]
fn tell(Story { topic, .. }: &Story) -> StoryWrite::Topic {
    StoryWrite::Topic(topic.clone())
}

graph! {
    Stories<Story> {
        START -> plan;
        plan -> |_, next| match next {
            Next::Tell => tell,
        };
        tell -> plan;
    }
}

fn main() {}
