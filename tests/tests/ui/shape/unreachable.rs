//! Row 6: nothing leads to a node.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

#[node]
async fn orphan(_: &ChatState) -> Said {
    Said { topic: "orphan".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
        orphan -> END;
    }
}

fn main() {}
