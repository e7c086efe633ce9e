//! Row 159: a tool that runs elsewhere, in a set for any graph.
use graph_core::prelude::*;

/// Clicks.
#[tool(external)]
fn click(selector: String) -> bool;

fn main() {
    let _: ToolSet = tools![click];
}
