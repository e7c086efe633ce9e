//! Row 134: what is saved is not what the next run takes.
use graph_core::prelude::*;

#[workflow(Essay)]
async fn essay(topic: String, #[previous] last: Option<u64>, _cx: &Context<Essay>) -> NodeResult<String> {
    Ok(format!("{topic} {last:?}"))
}

fn main() {}
