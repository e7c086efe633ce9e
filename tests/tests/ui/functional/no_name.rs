//! Row 135: a workflow without the name of its graph.
use graph_core::prelude::*;

#[workflow]
async fn essay(topic: String, cx: &RunContext) -> NodeResult<String> {
    let _ = cx;
    Ok(topic)
}

fn main() {}
