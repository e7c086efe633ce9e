//! Row 48: the input behind the state.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState, text: String) -> Said {
    Said { topic: text }
}

graph! {
    ChatGraph<ChatState> {
        START -> |state| for line in &state.log { ask(line.clone()) };
        ask -> END;
    }
}

fn main() {}
