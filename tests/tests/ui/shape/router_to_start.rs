//! Row 10: a router to START.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| if state.count > 3 { END } else { START };
    }
}

fn main() {}
