//! Row 24: in a nested router.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn answer(_: &ChatState) -> Said {
    Said { topic: "answer".into() }
}

#[node]
async fn check(_: &ChatState) -> Said {
    Said { topic: "check".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| match state.count {
            0 => if state.topic.is_empty() { [answer, check] } else { END },
            _ => END,
        };
        answer -> END;
        check -> END;
    }
}

fn main() {}
