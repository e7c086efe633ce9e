//! Row 65: a late field that is not saved, bound inside a subgraph of the graph with a checkpointer.
use graph_core::checkpoint::MemorySaver;
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Story {
    topic: String,
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
#[state(parent = Story)]
struct Draft {
    #[state(shared)]
    topic: String,
    #[state(untracked)]
    joke: Late<String>,
}

#[node]
fn tell(_: &Draft) -> DraftWrite::Joke {
    DraftWrite::Joke("a joke".into())
}

#[node]
fn rate(Draft { joke, .. }: &Draft) -> DraftWrite::Topic {
    DraftWrite::Topic(joke.clone())
}

graph! {
    DraftGraph<Draft> {
        START -> tell -> rate -> END;
    }
}

graph! {
    StoryGraph<Story> {
        START -> DraftGraph as draft -> END;
    }
}

fn main() {
    let _ = StoryGraph::new().checkpointer(MemorySaver::new());
}
