//! An idle time of a function that nothing can stop.
include!("../preamble.rs");

#[node(timeout(idle = "5s"))]
fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
