//! Row 136: a task that is called with another type.
use graph_core::prelude::*;

#[task]
async fn translate(text: &str, _cx: &RunContext) -> NodeResult<String> {
    Ok(text.to_owned())
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: u64, cx: &Context<Essay>) -> NodeResult<String> {
    translate(topic, cx).await
}

fn main() {}
