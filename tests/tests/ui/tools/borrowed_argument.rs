//! Row 46: an argument of a tool that is borrowed, and is no context.
use graph_core::prelude::*;

#[derive(Deserialize, JsonSchema)]
struct Filter {
    year: u32,
}

/// Searches.
#[tool]
async fn search(filter: &Filter) -> u32 {
    filter.year
}

fn main() {
    let _: ToolSet = tools![search];
}
