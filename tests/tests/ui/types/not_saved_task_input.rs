//! Row 38: a task is sent what cannot be saved.
use graph_core::prelude::*;

#[derive(Clone)]
struct Line(String);

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Story {
    #[state(input, reduce = Append)]
    log: Vec<String>,
}

#[node]
async fn tell(line: Line) -> StoryWrite::Log {
    StoryWrite::Log(vec![line.0])
}

graph! {
    Stories<Story> {
        START -> |state| for line in &state.log { tell(Line(line.clone())) };
        tell -> END;
    }
}

fn main() {
    let _ = Stories::new().checkpointer(MemorySaver::new());
}
