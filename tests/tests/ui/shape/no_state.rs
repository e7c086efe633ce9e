//! A graph that names no state.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState) -> Said {
    Said { topic: "ask".into() }
}

graph! {
    ChatGraph {
        START -> ask -> END;
    }
}

fn main() {}
