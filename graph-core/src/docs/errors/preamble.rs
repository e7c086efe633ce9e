// The state and nodes of the examples in `reading_graph_errors`, included by each.
use graph_core::prelude::*;
#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)] topic: String,
    count: u64,
    joke: Late<String>,
    #[state(reduce = Append)] log: Vec<String>,
}
#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said { topic: String }
#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Logged { log: Vec<String> }
#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Joked { joke: String }
macro_rules! nodes { ($($name:ident: $update:ty = $value:expr;)*) => { $(
    #[node] async fn $name(_: &ChatState) -> $update { $value }
)* } }
nodes! {
    ask: Said = Said { topic: "ask".into() };
    answer: Said = Said { topic: "answer".into() };
    note: Logged = Logged { log: vec![] };
    left: Logged = Logged { log: vec![] };
    right: Logged = Logged { log: vec![] };
    more: Logged = Logged { log: vec![] };
    meet: Logged = Logged { log: vec![] };
    joke: Joked = Joked { joke: "..".into() };
}
#[node] async fn rate(ChatState { joke, .. }: &ChatState) -> Logged { Logged { log: vec![joke.to_string()] } }
#[node] async fn write(line: String) -> Logged { Logged { log: vec![line] } }
