//! Row 133: a task that returns no `Result`.
use graph_core::prelude::*;

#[task]
async fn translate(text: &str, _cx: &RunContext) -> String {
    text.to_owned()
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: String, _cx: &Context<Essay>) -> NodeResult<String> {
    Ok(topic)
}

fn main() {}
