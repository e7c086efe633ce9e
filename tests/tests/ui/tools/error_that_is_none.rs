//! Row 154: a tool whose error is no error.
use graph_core::prelude::*;

/// Searches.
#[tool]
async fn search(text: String) -> Result<String, u32> {
    if text.is_empty() { Err(1) } else { Ok(text) }
}

fn main() {
    let _: ToolSet = tools![search];
}
