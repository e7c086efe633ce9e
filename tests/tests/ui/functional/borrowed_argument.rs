//! Row 133: an argument of a workflow that is borrowed.
use graph_core::prelude::*;

#[workflow(Essay)]
async fn essay(topic: &str, _cx: &Context<Essay>) -> NodeResult<String> {
    Ok(topic.to_owned())
}

fn main() {
    let _ = Essay::new();
}
