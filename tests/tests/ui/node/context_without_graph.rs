//! A context of no graph.
include!("../preamble.rs");

#[node]
async fn ask(_: &ChatState, cx: &Context) -> Said {
    Said { topic: String::new() }
}

fn main() {}
