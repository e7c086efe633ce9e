//! Row 136: a task whose future cannot be sent.
use graph_core::prelude::*;

#[task]
async fn translate(text: &str, cx: &RunContext) -> NodeResult<String> {
    let shared = std::rc::Rc::new(text.to_owned());
    cx.flush().await;
    Ok(shared.to_string())
}

#[workflow(Essay, tasks(translate))]
async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<String> {
    translate(&topic, cx).await
}

fn main() {}
