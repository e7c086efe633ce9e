//! Row 132: a task of another graph.
use graph_core::prelude::*;

#[task]
async fn translate(text: &str, _cx: &Context<Other>) -> NodeResult<String> {
    Ok(text.to_owned())
}

#[workflow(Other, tasks(translate))]
async fn other(topic: String, cx: &Context<Other>) -> NodeResult<String> {
    translate(&topic, cx).await
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<String> {
    translate(&topic, cx).await
}

fn main() {}
