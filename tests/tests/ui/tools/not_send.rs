//! Row 157: a tool that holds what cannot move to another thread.
use std::rc::Rc;

use graph_core::prelude::*;

/// Searches.
#[tool]
async fn search(text: String) -> String {
    let shared = Rc::new(text);
    std::future::ready(()).await;
    shared.to_string()
}

fn main() {
    let _: ToolSet = tools![search];
}
