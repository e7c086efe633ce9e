//! Row 135: a task without a context.
use graph_core::prelude::*;

#[task]
async fn translate(text: &str) -> NodeResult<String> {
    Ok(text.to_owned())
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<String> {
    let _ = cx;
    Ok(topic)
}

fn main() {}
