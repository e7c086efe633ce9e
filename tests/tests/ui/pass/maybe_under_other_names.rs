//! A field under `#[update(maybe)]` is an `Option` under any name.
use graph_core::prelude::*;
use std::option::Option as Perhaps;

#[derive(State, Clone, Debug, Default)]
struct Story {
    count: u64,
    joke: Late<String>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

type Lines = Option<Vec<String>>;
type Maybe<T> = Option<T>;

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Told {
    #[update(maybe)]
    count: Perhaps<u64>,
    #[update(maybe)]
    joke: Maybe<String>,
    #[update(maybe)]
    log: Lines,
}

#[node]
fn tell(state: &Story) -> Told {
    let is_first = state.count == 0;
    Told { count: Some(state.count + 1), joke: is_first.then(|| "knock".into()), log: is_first.then(Vec::new) }
}

graph! {
    Stories<Story> {
        START -> tell;
        tell -> |state| if state.count < 2 { tell } else { END };
    }
}

fn main() {
    let story = Stories::new().run(StoryUpdate::default()).blocking().unwrap();
    assert_eq!((story.count, story.joke.get().map(String::as_str)), (2, Some("knock")));
}
