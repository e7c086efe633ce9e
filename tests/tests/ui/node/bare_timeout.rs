//! A timeout that does not say of how long.
include!("../preamble.rs");

#[node(timeout)]
async fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
