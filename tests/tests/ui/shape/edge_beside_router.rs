//! Row 51: an edge beside a router.
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
async fn log(_: &ChatState) -> Said {
    Said { topic: "log".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| if state.count > 3 { END } else { answer };
        ask -> log;
        answer -> END;
        log -> END;
    }
}

fn main() {}
