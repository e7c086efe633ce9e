//! Two names that are one in the enums.
include!("../preamble.rs");

#[node]
async fn ask_it(_: &ChatState) -> Said {
    Said { topic: "ask_it".into() }
}

#[node]
async fn ask__it(_: &ChatState) -> Said {
    Said { topic: "ask__it".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask_it -> ask__it -> END;
    }
}

fn main() {}
