//! Row 133: an argument of a workflow that has no `Clone`.
use graph_core::prelude::*;

struct Topic(String);

#[workflow(Essay)]
async fn essay(topic: Topic, _cx: &Context<Essay>) -> NodeResult<String> {
    Ok(topic.0)
}

fn main() {}
