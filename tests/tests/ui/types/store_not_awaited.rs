//! Row 140: a store that is still being opened.
use graph_core::prelude::*;
use graph_core::store::InMemoryStore;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    joke: Late<String>,
}

struct FileStore;

impl FileStore {
    async fn open(_: &str) -> Result<InMemoryStore, std::io::Error> {
        Ok(InMemoryStore::new())
    }
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
    let _ = Stories::new().store(FileStore::open("memory"));
}
