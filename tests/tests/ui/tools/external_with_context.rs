//! Row 158: a tool that runs elsewhere, and takes the context.
use graph_core::prelude::*;

/// Clicks.
#[tool(external)]
fn click(selector: String, cx: &RunContext) -> bool;

fn main() {}
