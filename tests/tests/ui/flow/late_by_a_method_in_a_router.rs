//! A late field by a method, in a router.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct JokeState {
    #[state(input)]
    topic: String,
    joke: Late<String>,
}

#[derive(Update, Clone, Debug)]
#[update(JokeState)]
struct Joked {
    joke: String,
}

#[derive(Update, Clone, Debug)]
#[update(JokeState)]
struct Refined {
    topic: String,
}

#[node]
async fn refine(_: &JokeState) -> Refined {
    Refined { topic: String::new() }
}

#[node]
async fn joke(JokeState { topic, .. }: &JokeState) -> Joked {
    Joked { joke: topic.clone() }
}

#[node]
async fn rate(JokeState { joke, .. }: &JokeState) -> Refined {
    Refined { topic: joke.to_string() }
}

graph! {
    JokeGraph<JokeState> {
        START -> refine;
        refine -> |state| if state.joke.is_empty() { joke } else { END };
        joke -> END;
    }
}

fn main() {}
