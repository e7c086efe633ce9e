//! Row 157: a mistake in the body of a tool.
use graph_core::prelude::*;

/// Searches.
#[tool]
async fn search(text: String) -> String {
    text.len()
}

fn main() {
    let _: ToolSet = tools![search];
}
