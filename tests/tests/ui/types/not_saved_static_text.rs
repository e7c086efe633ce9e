//! Row 38: a state with a `&'static str`, which no saved value can become again.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    title: &'static str,
}

#[node]
fn name(_: &Story) -> StoryWrite::Title {
    StoryWrite::Title("cats")
}

graph! {
    Stories<Story> {
        START -> name -> END;
    }
}

fn main() {
    let _ = Stories::new().checkpointer(MemorySaver::new());
}
