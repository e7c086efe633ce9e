//! Row 156: a tool that is put into a set without what it is given.
use graph_core::prelude::*;

struct Database;

/// Searches.
#[tool]
async fn search(text: String, #[inject] _database: &Database) -> String {
    text
}

fn main() {
    let _: ToolSet = tools![search];
}
