//! Two types of custom events.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        custom String;
        custom u64;
        START -> ask -> END;
    }
}

fn main() {}
