//! Row 38: a task is sent a `&'static str`, which no saved value can become again.
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
async fn tell(line: &'static str, _: &Story) -> StoryWrite::Log {
    StoryWrite::Log(vec![line.to_owned()])
}

graph! {
    Stories<Story> {
        START -> |_| for line in ["knock", "knock"] { tell(line) };
        tell -> END;
    }
}

fn main() {
    let _ = Stories::new().checkpointer(MemorySaver::new());
}
