//! Row 140: a store that is none.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    joke: Late<String>,
}

#[node]
async fn tell(Story { topic, .. }: &Story) -> StoryWrite::Joke {
    StoryWrite::Joke(topic.clone())
}

graph! {
    Stories<Story> {
        START -> tell -> END;
    }
}

fn main() {
    let _ = Stories::new().store("memory");
}
