//! Row 157: a tool without a body.
use graph_core::prelude::*;

/// Clicks.
#[tool]
fn click(selector: String) -> bool;

fn main() {
    let _: ToolSet = tools![click];
}
