//! Row 132: a function without `#[task]`.
use graph_core::prelude::*;

async fn translate(text: &str) -> NodeResult<String> {
    Ok(text.to_owned())
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: String, _cx: &Context<Essay>) -> NodeResult<String> {
    translate(&topic).await
}

fn main() {}
