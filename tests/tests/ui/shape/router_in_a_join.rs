//! A node that leaves by a router and is waited for.
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
        START -> [ask, answer];
        ask -> |state| if state.count > 3 { END } else { log };
        [ask, answer] -> log;
        log -> END;
    }
}

fn main() {}
