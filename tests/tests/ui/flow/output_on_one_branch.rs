//! An output that one branch leaves unwritten.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    #[state(output)]
    joke: Late<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Joked {
    joke: String,
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Noted {
    log: Vec<String>,
}

#[node]
fn note(Story { topic, .. }: &Story) -> Noted {
    Noted { log: vec![topic.clone()] }
}

#[node]
fn joke(Story { topic, .. }: &Story) -> Joked {
    Joked { joke: topic.clone() }
}

graph! {
    Stories<Story> {
        START -> note;
        note -> |state| if state.log.len() > 3 { END } else { joke };
        joke -> END;
    }
}

fn main() {}
