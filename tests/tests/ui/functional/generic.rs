//! Row 135: a generic task.
use graph_core::prelude::*;

#[task]
async fn translate<T: ToString + Send>(text: T, _cx: &RunContext) -> NodeResult<String> {
    Ok(text.to_string())
}

fn main() {}
