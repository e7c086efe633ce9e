//! Row 136: a call of a task that is not awaited.
use graph_core::prelude::*;

#[task]
async fn translate(text: &str, _cx: &RunContext) -> NodeResult<String> {
    Ok(text.to_owned())
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<String> {
    let text = translate(&topic, cx)?;
    Ok(text)
}

fn main() {}
