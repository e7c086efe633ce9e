//! Row 15: a closure.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |state| if state.count > 3 { |_| ask } else { END };
    }
}

fn main() {}
