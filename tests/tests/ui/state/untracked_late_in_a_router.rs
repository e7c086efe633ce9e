//! Row 65: the same for a router, and for the input: a run that goes on is given none.
use graph_core::checkpoint::MemorySaver;
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Story {
    topic: String,
    #[state(input, untracked)]
    token: Late<String>,
}

#[node]
fn tell(_: &Story) -> StoryWrite::Topic {
    StoryWrite::Topic("told".into())
}

graph! {
    StoryGraph<Story> {
        START -> tell;
        tell -> |Story { token, .. }| if token.is_empty() { tell } else { END };
    }
}

fn main() {
    let app = StoryGraph::new();
    let _ = app.checkpointer(MemorySaver::new());
}
