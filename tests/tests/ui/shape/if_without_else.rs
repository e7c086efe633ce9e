//! Row 16: `if` without `else`.
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
        ask -> |state| if state.count > 3 { answer };
        answer -> END;
    }
}

fn main() {}
