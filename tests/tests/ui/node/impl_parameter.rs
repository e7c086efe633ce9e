//! Row 48: an `impl Trait` parameter.
include!("../preamble.rs");

#[node]
async fn ask(text: impl Into<String>) -> Said {
    Said { topic: text.into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
