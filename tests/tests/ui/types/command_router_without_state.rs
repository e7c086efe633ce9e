//! Row 94: a router that takes the route alone, and not the state before it.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

enum Verdict {
    Good,
    Bad,
}

#[node]
async fn review(ChatState { topic }: &ChatState) -> Command<Said, Verdict> {
    let verdict = if topic.is_empty() { Verdict::Bad } else { Verdict::Good };
    Command::new(Said { topic: topic.clone() }, verdict)
}

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> review;
        review -> |verdict| match verdict {
            Verdict::Good => END,
            Verdict::Bad => ask,
        };
    }
}

fn main() {}
