//! Row 22: a router reads what is not there.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| if state.cuont > 3 { END } else { ask };
    }
}

fn main() {}
