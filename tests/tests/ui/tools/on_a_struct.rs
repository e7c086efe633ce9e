//! Row 152: `#[tool]` on a struct.
use graph_core::prelude::*;

/// Searches.
#[tool]
struct Search;

fn main() {
    let _ = Search;
}
