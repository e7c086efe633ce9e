//! A function that nothing can stop.
include!("../preamble.rs");

#[node(timeout = "10s")]
fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
