//! Row 152: a tool that takes an `impl Trait`.
use graph_core::prelude::*;

/// Searches.
#[tool]
async fn search(text: impl ToString + Send) -> String {
    text.to_string()
}

fn main() {
    let _: ToolSet = tools![search];
}
