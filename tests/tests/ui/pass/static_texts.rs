//! A state that is never saved may hold what cannot be read back, such as a `&'static str`; and what it shares, it
//! holds in an `Arc`.
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input, output)]
    title: &'static str,
    mood: Option<&'static str>,
    #[state(output)]
    joke: Late<&'static [&'static str]>,
    #[state(reduce = Append)]
    log: Vec<&'static str>,
    seen: Arc<Mutex<Vec<String>>>,
    calls: Arc<AtomicU64>,
}

#[derive(State, Clone, Debug, Default)]
#[state(parent = Story)]
struct Inner {
    #[state(shared)]
    title: &'static str,
    #[state(shared, reduce = Append)]
    log: Vec<&'static str>,
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Named {
    mood: Option<&'static str>,
    #[update(maybe)]
    title: Option<&'static str>,
}

#[node]
fn name(state: &Story) -> Named {
    state.calls.fetch_add(1, Ordering::Relaxed);
    Named { mood: Some("glad"), title: None }
}

#[node]
fn tell(_: &Story) -> (StoryWrite::Joke, StoryWrite::Log) {
    (StoryWrite::Joke(&["knock", "knock"]), StoryWrite::Log(vec!["told"]))
}

#[node]
fn look(Inner { title, .. }: &Inner) -> InnerWrite::Log {
    InnerWrite::Log(vec![title])
}

graph! { InnerGraph<Inner> { START -> look -> END; } }
graph! { Stories<Story> { START -> name -> tell -> InnerGraph as inner -> END; } }

fn main() {
    let story = Stories::new().run(StoryInput { title: "cats" }).blocking().unwrap();
    assert_eq!((story.title, story.joke), ("cats", ["knock", "knock"].as_slice()));
}
