//! An option that is not there.
include!("../preamble.rs");

#[node(crates = ::graph_core)]
async fn ask(_: &ChatState) -> Said {
    Said { topic: String::new() }
}

graph! {
    ChatGraph<ChatState> {
        START -> ask -> END;
    }
}

fn main() {}
