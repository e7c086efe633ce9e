//! Row 150: two tools of one name in a set.
use graph_core::prelude::*;

/// Searches the web.
#[tool]
async fn search(text: String) -> String {
    text
}

/// Searches the files.
#[tool(name = "search")]
async fn search_files(text: String) -> String {
    text
}

fn main() {
    let _: ToolSet = tools![search, search_files];
}
