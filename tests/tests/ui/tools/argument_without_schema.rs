//! Row 46: an argument of a tool without a schema.
use graph_core::prelude::*;

#[derive(Deserialize)]
struct Filter {
    year: u32,
}

/// Searches.
#[tool]
async fn search(filter: Filter) -> u32 {
    filter.year
}

fn main() {
    let _: ToolSet = tools![search];
}
