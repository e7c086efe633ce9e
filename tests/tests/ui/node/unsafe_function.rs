//! A node that is unsafe.
include!("../preamble.rs");

#[node]
unsafe fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
