//! A state that is never saved may hold what cannot be read back, such as a `&'static str`, and so may a task's input and
//! a route; and what a state shares, it holds in an `Arc`.
use std::borrow::Cow;
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

#[node]
fn judge(_: &Story) -> Command<StoryWrite::Mood, Option<&'static str>> {
    Command::new(StoryWrite::Mood(None), Some("good"))
}

#[node]
fn note(line: &'static str, _: &Story) -> StoryWrite::Log {
    StoryWrite::Log(vec![line])
}

#[node]
fn keep(line: Option<&'static str>, again: &Story) -> StoryWrite::Log {
    let _ = again;
    StoryWrite::Log(line.into_iter().collect())
}

#[node]
fn keep_all(lines: &'static [&'static str]) -> StoryWrite::Log {
    StoryWrite::Log(lines.to_vec())
}

graph! {
    Judged<Story> {
        START -> judge -> |_, verdict| match verdict {
            Some("good") => for line in ["a", "b"] { note(line) },
            _ => tell,
        };
        note -> |_| for line in [Some("c"), None] { keep(line) };
        keep -> |_| for lines in [["d", "e"].as_slice()] { keep_all(lines) };
        keep_all -> tell -> END;
    }
}

/// It could be saved, and is not; its task's input and its route could not.
#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    #[state(output, reduce = Append)]
    log: Vec<String>,
}

#[node]
fn ask(_: &Kept) -> Command<(), &'static str> {
    Command::new((), "good")
}

#[node]
fn keep_text(line: &'static str) -> KeptWrite::Log {
    KeptWrite::Log(vec![line.into()])
}

#[node]
fn keep_owned(line: Cow<'static, str>) -> KeptWrite::Log {
    KeptWrite::Log(vec![line.into_owned()])
}

graph! {
    Unsaved<Kept> {
        START -> ask -> |_, verdict| match verdict {
            "good" => for line in ["a", "b"] { keep_text(line) },
            _ => END,
        };
        keep_text -> END;
    }
}

graph! {
    Saved<Kept> {
        START -> |_| for line in ["c"] { keep_owned(line.into()) };
        keep_owned -> END;
    }
}

graph! { InnerGraph<Inner> { START -> look -> END; } }
graph! { Stories<Story> { START -> name -> tell -> InnerGraph as inner -> END; } }

fn main() {
    let story = Stories::new().run(StoryInput { title: "cats" }).blocking().unwrap();
    assert_eq!((story.title, story.joke), ("cats", ["knock", "knock"].as_slice()));
    let story = Judged::new().run(StoryInput { title: "cats" }).blocking().unwrap();
    assert_eq!(story.joke, ["knock", "knock"]);

    let kept = Unsaved::new().run(KeptInput::default()).blocking().unwrap();
    assert_eq!(kept.log, ["a", "b"]);
    let saved = Saved::new().checkpointer(MemorySaver::new()).thread("1").run(KeptInput::default()).blocking();
    assert_eq!(saved.unwrap().log, ["c"]);
}
