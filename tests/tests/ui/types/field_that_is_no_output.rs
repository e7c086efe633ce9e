//! Row 88: reading a field of what a run gives that is no output of the state.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(output)]
    answer: Late<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Answered {
    answer: String,
}

#[node]
fn ask(ChatState { topic, .. }: &ChatState) -> Answered {
    Answered { answer: topic.clone() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {
    let output = ChatGraph::new().run(ChatStateInput { topic: "cats".into() }).blocking().unwrap();
    println!("{}", output.topic);
}
