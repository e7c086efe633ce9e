//! Row 133: a workflow that returns no `Result`.
use graph_core::prelude::*;

#[workflow(Essay)]
async fn essay(topic: String, _cx: &Context<Essay>) -> String {
    topic
}

fn main() {}
