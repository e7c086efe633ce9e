//! Row 21: a node that returns nothing.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) {}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
