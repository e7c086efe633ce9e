//! Row 160: the reply of a tool with a value of another type.
use graph_core::prelude::*;

/// Clicks.
#[tool(external)]
fn click(selector: String) -> bool;

fn main() {
    let _ = click::reply("yes");
}
