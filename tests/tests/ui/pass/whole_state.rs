//! The whole state demands nothing: late fields are options, wherever and however it is used.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    count: u64,
    joke: Late<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

impl Story {
    fn is_done(&self) -> bool {
        self.joke.is_written()
    }
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Noted {
    log: Vec<String>,
    count: u64,
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Joked {
    joke: String,
}

#[node]
fn note(state: &Story) -> Noted {
    let Story { topic, .. } = state;
    let before = Story { count: 7, ..state.clone() };
    let seen = format!("{topic} {state:?} {:?} {}", state.joke.get(), before.count);
    let state = state.joke.get().map_or(0, String::len) as u64;
    Noted { log: vec![seen], count: state + 1 }
}

#[node]
fn tell(Story { topic, .. }: &Story) -> Joked {
    Joked { joke: format!("a joke about {topic}") }
}

/// LangGraph's `should_continue(state)`.
fn should_stop(state: &Story) -> bool {
    state.is_done() || state.count > 3
}

graph! {
    Stories<Story> {
        START -> note;
        note -> |state| if should_stop(state) { END } else if state.is_done() { END } else { tell };
        tell -> |state| match state {
            Story { count: 100, .. } => END,
            _ => note,
        };
    }
}

fn main() {
    let state = Stories::new().run(StoryInput { topic: "cats".into() }).blocking().unwrap();
    assert_eq!(state.joke.get().map(String::as_str), Some("a joke about cats"));
    assert_eq!(state.count, 18);
    assert!(state.log[0].contains("<not written>") && state.log[0].ends_with("None 7"), "{}", state.log[0]);
}
