//! Row 133: an argument of a workflow without serde.
use graph_core::prelude::*;

#[derive(Clone)]
struct Topic(String);

#[workflow(Essay)]
async fn essay(topic: Topic, _cx: &Context<Essay>) -> NodeResult<String> {
    Ok(topic.0)
}

fn main() {}
