//! Row 46: an argument of a tool that serde cannot read.
use graph_core::prelude::*;

#[derive(JsonSchema)]
struct Filter {
    year: u32,
}

/// Searches.
#[tool]
async fn search(text: String, filter: Filter) -> String {
    format!("{text} {}", filter.year)
}

fn main() {
    let _: ToolSet = tools![search];
}
