//! Row 21: a node that writes, and does not say what it returns.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) {
    ChatStateWrite::Count(1)
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
