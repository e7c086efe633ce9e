//! A chain that goes on behind a router.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: "answer".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> |state| if state.count > 3 { ask } else { END } -> answer;
        ask -> answer -> END;
    }
}

fn main() {}
