//! Row 15: a string, in a nested router.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| match state.count {
            0 => if state.topic.is_empty() { "ask" } else { END },
            _ => END,
        };
    }
}

fn main() {}
