//! Row 44: a node whose future cannot be sent.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    let text = std::rc::Rc::new(String::new());
    other().await;
    Said { topic: (*text).clone() }
}

async fn other() {}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
