//! Row 93: two nodes of one super-step that can take different exits.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input, reduce = Append)]
    log: Vec<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    log: Vec<String>,
}

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { log: Vec::new() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { log: Vec::new() }
}

graph! {
    ChatGraph<ChatState> {
        exit Asked;
        exit Answered;

        START -> [ask, answer];
        ask -> |state| if state.log.is_empty() { END::Asked } else { END };
        answer -> |state| if state.log.is_empty() { END::Answered } else { END };
    }
}

fn main() {}
