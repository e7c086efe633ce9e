//! Row 158: a tool that runs elsewhere, and has a time limit here.
use graph_core::prelude::*;

/// Clicks.
#[tool(external, timeout = "5s")]
async fn click(selector: String) -> bool;

fn main() {}
