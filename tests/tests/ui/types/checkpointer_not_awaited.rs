//! Row 109: a checkpointer that is still being opened.
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

struct FileSaver;

impl FileSaver {
    async fn open(_: &str) -> Result<MemorySaver, std::io::Error> {
        Ok(MemorySaver::new())
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
    let _ = Stories::new().checkpointer(FileSaver::open("threads"));
}
