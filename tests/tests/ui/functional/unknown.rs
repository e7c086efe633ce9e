//! Row 132: a task that does not exist.
use graph_core::prelude::*;

#[task]
async fn translate(text: &str, _cx: &RunContext) -> NodeResult<String> {
    Ok(text.to_owned())
}

#[workflow(Essay, tasks(translat))]
async fn essay(topic: String, _cx: &Context<Essay>) -> NodeResult<String> {
    Ok(topic)
}

fn main() {}
