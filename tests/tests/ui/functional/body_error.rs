//! Row 136: a mistake in the body of a task.
use graph_core::prelude::*;

#[task]
async fn translate(text: &str, _cx: &RunContext) -> NodeResult<String> {
    Ok(text.len())
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<String> {
    translate(&topic, cx).await
}

fn main() {}
