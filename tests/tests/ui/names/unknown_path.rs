//! A node in a module that does not have it.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> nodes::answer -> END;
    }
}

mod nodes {}

fn main() {}
