//! Row 153: an unknown option of `#[tool]`.
use graph_core::prelude::*;

/// Searches.
#[tool(timeuot = "5s")]
async fn search(text: String) -> String {
    text
}

fn main() {
    let _: ToolSet = tools![search];
}
