//! Row 133: a task whose result cannot be saved.
use graph_core::prelude::*;

struct Text(String);

#[task]
async fn translate(text: &str, _cx: &RunContext) -> NodeResult<Text> {
    Ok(Text(text.to_owned()))
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<String> {
    Ok(translate(&topic, cx).await?.0)
}

fn main() {}
