//! Row 1: in a nested router.
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
        START -> ask;
        ask -> |state| match state.count {
            0 => if state.topic.is_empty() { anser } else { END },
            _ => answer,
        };
        anser -> END;
        answer -> END;
    }
}

fn main() {}
