//! Row 155: a function without `#[tool]` in a set.
use graph_core::prelude::*;

async fn search(text: String) -> String {
    text
}

fn main() {
    let _: ToolSet = tools![search];
    drop(search(String::new()));
}
