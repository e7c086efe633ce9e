//! Row 9: a graph without edges.
include!("../preamble.rs");

graph! {
    ChatGraph<ChatState> {

    }
}

fn main() {}
