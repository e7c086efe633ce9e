//! A graph that runs nothing.
include!("../preamble.rs");

graph! {
    ChatGraph<ChatState> {
        START -> END;
    }
}

fn main() {}
