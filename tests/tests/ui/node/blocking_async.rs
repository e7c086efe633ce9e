//! An async function on the blocking pool.
include!("../preamble.rs");

#[node(blocking)]
async fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
