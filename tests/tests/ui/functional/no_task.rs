//! Row 132: a type that is no task.
use graph_core::prelude::*;

async fn translate(text: &str) -> NodeResult<String> {
    Ok(text.to_owned())
}

struct Translate;

#[workflow(Essay, tasks(Translate))]
async fn essay(topic: String, _cx: &Context<Essay>) -> NodeResult<String> {
    let _ = Translate;
    translate(&topic).await
}

fn main() {}
