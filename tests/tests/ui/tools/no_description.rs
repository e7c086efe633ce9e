//! Row 149: a tool without a doc comment.
use graph_core::prelude::*;

#[tool]
async fn search(text: String) -> String {
    text
}

fn main() {
    let _: ToolSet = tools![search];
}
