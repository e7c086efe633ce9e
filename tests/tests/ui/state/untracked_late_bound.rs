//! Row 65: a late field that is not saved, bound by a node of a graph with a checkpointer.
use graph_core::checkpoint::MemorySaver;
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Story {
    topic: String,
    #[state(untracked)]
    joke: Late<String>,
}

#[node]
fn tell(Story { topic, .. }: &Story) -> StoryWrite::Joke {
    StoryWrite::Joke(format!("a joke about {topic}"))
}

#[node]
fn rate(Story { joke, .. }: &Story) -> StoryWrite::Topic {
    StoryWrite::Topic(joke.clone())
}

graph! {
    StoryGraph<Story> {
        START -> tell -> rate -> END;
    }
}

fn main() {
    let _ = StoryGraph::new().checkpointer(MemorySaver::new()).thread("1").run(StoryUpdate::default());
}
