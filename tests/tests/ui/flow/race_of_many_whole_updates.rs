//! Row 24: tasks that return the whole update, and write a list.
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
async fn tell(number: u64, _: &Story) -> StoryUpdate {
    StoryUpdate::default().log(vec![number.to_string()])
}

graph! {
    Stories<Story> {
        START -> |_| for number in 0..3 { tell(number) };
        tell -> END;
    }
}

fn main() {}
