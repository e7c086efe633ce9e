//! Row 5: an alias of another graph's context, without the state.
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

type Cx = Context<Others>;

#[node]
async fn note(cx: &Cx) -> StoryWrite::Log {
    StoryWrite::Log(vec![cx.node().into()])
}

graph! {
    Others<Story> {
        START -> note -> END;
    }
}

graph! {
    Stories<Story> {
        START -> note -> END;
    }
}

fn main() {}
