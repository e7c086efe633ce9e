//! Row 126: a field that cannot be sent to another thread.
use std::rc::Rc;

use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    words: Late<Rc<Vec<String>>>,
    #[state(reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    topic: String,
}

#[node]
async fn ask(ChatState { topic, .. }: &ChatState) -> Said {
    Said { topic: topic.clone() }
}

#[node]
fn answer(_: &ChatState, _: &RunContext) -> ChatStateWrite::Topic {
    ChatStateWrite::Topic(String::new())
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| if state.topic.is_empty() { answer } else { END };
        answer -> END;
    }
}

fn main() {
    let _ = ChatGraph::new();
}
