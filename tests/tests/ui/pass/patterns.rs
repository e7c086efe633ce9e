//! What a pattern binds of a late field is its value, whatever the pattern.
#![deny(warnings)]
use graph_core::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Point {
    x: u64,
    y: u64,
}

#[derive(State, Clone, Debug, Default)]
struct Story {
    #[state(input)]
    topic: String,
    joke: Late<String>,
    point: Late<Point>,
    n: Late<u64>,
    maybe: Option<Late<u8>>,
    r#type: Late<(u64, String)>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[node]
fn write(Story { topic, .. }: &Story) -> StoryUpdate {
    StoryUpdate::default()
        .joke(topic.clone())
        .point(Point { x: 1, y: 2 })
        .n(3)
        .r#type((4, "five".into()))
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct All {
    joke: String,
    point: Point,
    n: u64,
    r#type: (u64, String),
}

#[node]
fn write_all(_: &Story) -> All {
    All { joke: "a joke".into(), point: Point { x: 1, y: 2 }, n: 3, r#type: (4, "five".into()) }
}

#[derive(Update, Clone, Debug)]
#[update(Story)]
struct Logged {
    log: Vec<String>,
}

fn logged(text: impl Into<String>) -> Logged {
    Logged { log: vec![text.into()] }
}

#[node]
fn by_name(Story { joke, n, maybe, topic: _, .. }: &Story) -> Logged {
    let text: &String = joke;
    logged(format!("{text} {n} {maybe:?}"))
}

#[node]
async fn nested(Story { point: Point { x, .. }, r#type: (four, five), .. }: &Story) -> Logged {
    logged(format!("{x} {four} {five}"))
}

#[node]
fn renamed(&Story { n, ref joke, point: Point { y, .. }, .. }: &Story) -> Logged {
    logged(format!("{n} {joke} {y}"))
}

#[node]
fn mutable(Story { joke: mut text, r#type: pair @ _, .. }: &Story) -> Logged {
    let other = "other".to_owned();
    if pair.0 == 4 {
        text = &other;
    }
    logged(text.clone())
}

#[node]
fn both(state @ Story { joke, .. }: &Story) -> Logged {
    assert!(state.joke.is_written());
    logged(joke.clone())
}

macro_rules! reads {
    ($name:ident, $field:ident, $pattern:pat) => {
        #[node]
        fn $name(Story { $field: $pattern, .. }: &Story) -> Logged {
            #![allow(unused_variables)]
            logged("made by a macro")
        }
    };
}

reads!(made, joke, text);

#[node]
fn silent(Story { joke: _joke, .. }: &Story) -> Logged {
    logged("silent")
}

graph! {
    Stories<Story> {
        START -> write_all -> by_name -> nested -> renamed -> mutable -> both -> made -> silent;
        silent -> |Story { joke: text, point: Point { x, .. }, n, .. }| if text.len() as u64 + x + n > 9 { write } else { END };
        write -> END;
    }
}

fn main() {
    let state = Stories::new().run(StoryInput { topic: "cats".into() }).blocking().unwrap();
    assert_eq!(
        state.log,
        ["a joke 3 None", "1 4 five", "3 a joke 2", "other", "a joke", "made by a macro", "silent"]
    );
    assert_eq!(state.joke.get().map(String::as_str), Some("cats"));
}
