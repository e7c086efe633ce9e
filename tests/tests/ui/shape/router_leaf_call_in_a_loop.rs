//! Row 15: a leaf that calls, without which a loop would never end.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Story {
    #[state(input)]
    topic: String,
    count: u64,
    joke: Late<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[node]
async fn plan(Story { count, .. }: &Story) -> StoryWrite::Count {
    StoryWrite::Count(count + 1)
}

#[node]
async fn tell(Story { topic, .. }: &Story) -> StoryWrite::Joke {
    StoryWrite::Joke(topic.clone())
}

graph! {
    Stories<Story> {
        START -> plan -> tell;
        tell -> |state| match state.count { 0..3 => plan, 3 => tell, _ => done() };
    }
}

fn main() {}
