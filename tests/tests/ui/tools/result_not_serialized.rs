//! Row 154: a tool that returns what the model cannot read.
use graph_core::prelude::*;

struct Found(String);

/// Searches.
#[tool]
async fn search(text: String) -> Found {
    Found(text)
}

fn main() {
    let _: ToolSet = tools![search];
}
