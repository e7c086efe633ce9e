//! Row 51: a router beside an edge.
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
        START -> ask -> log;
        ask -> |state| if state.count > 3 { END } else { answer };
        answer -> END;
        log -> END;
    }
}

fn main() {}
