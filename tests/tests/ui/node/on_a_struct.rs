//! `#[node]` on what is no function.
include!("../preamble.rs");

#[node]
struct Ask;

graph! {
    ChatGraph<ChatState> {
        START -> Ask -> END;
    }
}

fn main() {}
