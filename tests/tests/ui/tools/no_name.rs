//! Row 152: an argument without a name.
use graph_core::prelude::*;

/// Adds.
#[tool]
async fn add((a, b): (i64, i64)) -> i64 {
    a + b
}

fn main() {
    let _: ToolSet = tools![add];
}
