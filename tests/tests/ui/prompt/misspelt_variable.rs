use graph_core::prelude::*;

prompt! {
    Joke {
        system: "You are {mood}.",
        ..history,
        user: "Tell me a joke about {topic}.",
    }
}

fn main() {
    let history: Vec<Message> = Vec::new();
    let _ = Joke { mood: "dry", history, topics: "cats" }.prompt();
}
