//! START as it is written elsewhere.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        __start__ -> ask -> END;
    }
}

fn main() {}
