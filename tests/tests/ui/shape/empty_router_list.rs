//! A list of nothing in a router.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| if state.count > 3 { END } else { [] };
    }
}

fn main() {}
