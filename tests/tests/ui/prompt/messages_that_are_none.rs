use graph_core::prelude::*;

prompt! {
    Joke {
        system: "You are {mood}.",
        ..history,
        user: "Tell me a joke about {topic}.",
    }
}

fn main() {
    let _ = Joke { mood: "dry", history: 7, topic: "cats" }.prompt();
}
