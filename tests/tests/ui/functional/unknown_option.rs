//! Row 135: an option that a task has not.
use graph_core::prelude::*;

#[task(cache)]
async fn translate(text: &str, _cx: &RunContext) -> NodeResult<String> {
    Ok(text.to_owned())
}

fn main() {}
