//! Row 152: a tool with two references.
use graph_core::prelude::*;

#[derive(Deserialize, JsonSchema)]
struct Filter {
    year: u32,
}

/// Searches.
#[tool]
async fn search(cx: &RunContext, filter: &Filter) -> String {
    format!("{} {}", cx.node(), filter.year)
}

fn main() {
    let _: ToolSet = tools![search];
}
