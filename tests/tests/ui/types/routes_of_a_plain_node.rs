//! Row 94: a router that asks a node which decides nothing, with a pattern for each route.
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

enum Verdict {
    Good,
    Bad,
}

graph! {
    Stories<Story> {
        START -> plan;
        plan -> |state, verdict| match verdict {
            Verdict::Good if state.count > 3 => END,
            Verdict::Good => tell,
            Verdict::Bad => plan,
        };
        tell -> END;
    }
}

fn main() {}
