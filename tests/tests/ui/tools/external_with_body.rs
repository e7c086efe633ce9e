//! Row 158: a tool that runs elsewhere, and has a body.
use graph_core::prelude::*;

/// Clicks.
#[tool(external)]
fn click(selector: String) -> bool {
    selector.is_empty()
}

fn main() {}
