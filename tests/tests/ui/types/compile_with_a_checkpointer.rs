//! Row 124: `compile` with the checkpointer.
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
        START -> plan -> tell -> END;
    }
}

fn main() {
    let app = Stories::new().compile(MemorySaver::new());
    let _ = app.thread("1").run(StoryInput { topic: String::new() }).blocking();
}
