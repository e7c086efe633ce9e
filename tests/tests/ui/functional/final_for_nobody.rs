//! Row 134: a `Final` without a parameter for what it saves.
use graph_core::functional::Final;
use graph_core::prelude::*;

#[workflow(Essay)]
async fn essay(topic: String, _cx: &Context<Essay>) -> NodeResult<Final<String, u64>> {
    Ok(Final { value: topic, save: 1 })
}

fn main() {}
