//! Row 24: two nodes that return the whole update, and write different fields.
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
async fn plan(Story { count, .. }: &Story) -> StoryUpdate {
    StoryUpdate::default().count(count + 1)
}

#[node]
async fn tell(Story { topic, .. }: &Story) -> StoryUpdate {
    StoryUpdate::default().joke(topic.clone())
}

#[node]
async fn note(_: &Story) -> StoryWrite::Log {
    StoryWrite::Log(vec![])
}

graph! {
    Stories<Story> {
        START -> [plan, tell] -> note -> END;
    }
}

fn main() {}
