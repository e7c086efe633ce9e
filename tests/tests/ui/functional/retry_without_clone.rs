//! Row 133: a task with retries whose argument has no `Clone`.
use graph_core::prelude::*;

struct Text(String);

#[task(retry)]
async fn translate(text: Text, _cx: &RunContext) -> NodeResult<String> {
    Ok(text.0)
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<String> {
    translate(Text(topic), cx).await
}

fn main() {}
