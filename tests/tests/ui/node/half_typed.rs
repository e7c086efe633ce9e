//! A body that is half typed.
include!("../preamble.rs");

#[node]
async fn ask(state: &ChatState) -> Said {
    let _topic = state.;
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
