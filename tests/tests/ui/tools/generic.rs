//! Row 152: a generic tool.
use graph_core::prelude::*;

/// Searches.
#[tool]
async fn search<T: ToString + Send>(text: T) -> String {
    text.to_string()
}

fn main() {
    let _: ToolSet = tools![search];
}
