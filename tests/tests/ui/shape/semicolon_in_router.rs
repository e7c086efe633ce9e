//! A router's block that ends with a `;`.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask;
        ask -> |_| { let _much = 1; END; };
    }
}

fn main() {}
