//! Row 23: behind a nested router.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    joke: Late<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged {
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Joked {
    joke: String,
}

#[node]
async fn joke(_: &ChatState) -> Joked {
    Joked { joke: "..".into() }
}

#[node]
async fn note(_: &ChatState) -> Logged {
    Logged { log: vec!["note".into()] }
}

#[node]
async fn rate(ChatState { joke, .. }: &ChatState) -> Logged {
    Logged { log: vec![joke.to_string()] }
}

graph! {
    ChatGraph<ChatState> {
        START -> note;
        note -> |state| if state.topic.is_empty() {
            match state.log.len() { 0 => joke, _ => rate }
        } else { END };
        joke -> rate -> END;
    }
}

fn main() {}
