//! Row 152: `#[tool]` on a method.
use graph_core::prelude::*;

struct Database;

impl Database {
    /// Searches.
    #[tool]
    async fn search(&self, text: String) -> String {
        text
    }
}

fn main() {
    let _ = Database.search(String::new());
}
