//! Row 132: a task that the workflow does not declare.
use graph_core::prelude::*;

#[task]
async fn translate(text: &str, _cx: &RunContext) -> NodeResult<String> {
    Ok(text.to_owned())
}

#[workflow(Essay)]
async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<String> {
    translate(&topic, cx).await
}

fn main() {}
