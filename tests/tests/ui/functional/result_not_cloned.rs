//! Row 133: a result of a workflow that has no `Clone`.
use graph_core::prelude::*;

struct Text(String);

#[workflow(Essay)]
async fn essay(topic: String, _cx: &Context<Essay>) -> NodeResult<Text> {
    Ok(Text(topic))
}

fn main() {}
