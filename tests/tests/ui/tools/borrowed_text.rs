//! Row 46: an argument of a tool that is borrowed.
use graph_core::prelude::*;

/// Searches.
#[tool]
async fn search(text: &str) -> String {
    text.to_owned()
}

fn main() {
    let _: ToolSet = tools![search];
}
