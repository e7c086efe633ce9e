//! Row 152: a name that providers do not take.
use graph_core::prelude::*;

/// Searches.
#[tool(name = "search the web")]
async fn search(text: String) -> String {
    text
}

fn main() {
    let _: ToolSet = tools![search];
}
