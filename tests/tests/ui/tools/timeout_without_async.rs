//! Row 152: a time limit of a function that is not async.
use graph_core::prelude::*;

/// Searches.
#[tool(timeout = "5s")]
fn search(text: String) -> String {
    text
}

fn main() {
    let _: ToolSet = tools![search];
}
