//! Types decide what a node returns: aliases, renamed imports and macros; and a node may have any name of a local.
use graph_core::node::{Command as Goto, NodeResult as Fallible};
use graph_core::prelude::*;
use std::option::Option as Maybe;
use std::result::Result as Res;

mod own {
    #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
    pub struct Topic(pub String);
}
use own::Topic;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
pub struct Story {
    #[state(input)]
    topic: Topic,
    pub(crate) a1: u64,
    a_1: u64,
    self_: bool,
    joke: Late<String>,
    #[state(reduce = Append)]
    pub log: Vec<String>,
    r#type: Option<u8>,
}

type Full = Fallible<Goto<(StoryWrite::A1, Maybe<StoryWrite::Type>), bool>>;

#[node]
fn full(_: &Story) -> Full {
    Ok(Goto::new((StoryWrite::A1(1), Some(StoryWrite::Type(Some(3)))), true))
}

#[node]
async fn state(Story { topic, .. }: &Story) -> Res<StoryWrite::Joke, std::num::ParseIntError> {
    Ok(StoryWrite::Joke(topic.0.clone()))
}

#[node]
fn input(_: &Story) -> (StoryWrite::Log, StoryWrite::A_1, StoryWrite::Self_) {
    (StoryWrite::Log(vec!["x".into()]), StoryWrite::A_1(2), StoryWrite::Self_(true))
}

#[node]
fn nothing(_: &Story) {}

#[node]
fn maybe(_: &Story) -> Option<StoryUpdate> {
    None
}

macro_rules! made { () => { Maybe<StoryWrite::Topic> } }
#[node]
fn err(_: &Story) -> made!() {
    Some(StoryWrite::Topic(Topic("t".into())))
}

#[node]
fn cx(_: &Story) -> (StoryWrite::Topic,) {
    (StoryWrite::Topic(Topic("t".into())),)
}

graph! {
    StoryGraph<Story> {
        START -> full;
        full -> |_, go| if go { state } else { END };
        state -> input -> nothing -> maybe -> err -> cx -> END;
    }
}

fn main() {
    let story = StoryGraph::new().run(StoryInput { topic: Topic("cats".into()) }).blocking().unwrap();
    assert_eq!((story.topic.0.as_str(), story.a1, story.a_1, story.self_), ("t", 1, 2, true));
    assert_eq!((story.log.as_slice(), story.r#type), (["x".to_owned()].as_slice(), Some(3)));
    assert_eq!(story.joke.get().map(String::as_str), Some("cats"));
    local();
}

/// A state in a function, over types of that function.
fn local() {
    struct Topic;
    let _ = Topic;
    #[derive(Clone, Debug, Default, PartialEq)]
    struct Local;
    #[derive(State, Clone, Debug, Default)]
    struct S {
        local: Local,
        #[state(reduce = Append)]
        list: Vec<Local>,
    }
    #[node]
    fn go(_: &S) -> (SWrite::Local, SWrite::List) {
        (SWrite::Local(Local), SWrite::List(vec![Local]))
    }
    graph! { G<S> { START -> go -> END; } }
    let s = G::new().run(SUpdate::default()).blocking().unwrap();
    assert_eq!((s.local, s.list.len()), (Local, 1));
}
