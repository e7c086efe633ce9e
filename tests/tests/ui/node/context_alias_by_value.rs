//! Row 48: a context under another name, by value.
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

type Cx = Context<Stories>;

#[node]
async fn note(_: &Story, cx: Cx) -> StoryWrite::Log {
    StoryWrite::Log(vec![cx.node().into()])
}

graph! {
    Stories<Story> {
        START -> note -> END;
    }
}

fn main() {}
