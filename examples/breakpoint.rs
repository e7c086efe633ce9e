//! Breakpoints: a run stops before a node, and continues after a review, or not.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Refund {
    #[state(input)]
    amount: u32,
    /// The output field: all that the caller of the run gets.
    #[state(output)]
    receipt: Late<String>,
    risk: Late<u32>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Refund)]
struct Assessed {
    risk: u32,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Refund)]
struct Paid {
    receipt: String,
}

#[node]
fn assess(Refund { amount, .. }: &Refund) -> Assessed {
    Assessed { risk: amount / 10 }
}

#[node]
fn pay(Refund { amount, .. }: &Refund) -> Paid {
    Paid { receipt: format!("paid {amount}") }
}

graph! {
    RefundGraph<Refund> {
        START -> assess -> pay -> END;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    // No thread of this app pays before a review.
    let app = RefundGraph::new().checkpointer(MemorySaver::new()).interrupt_before([RefundGraphNode::Pay]);

    for (id, amount) in [("refund-1", 20), ("refund-2", 900)] {
        let thread = app.thread(id);
        let Outcome::Interrupted(stopped) = thread.run(RefundInput { amount }).outcome().await? else {
            println!("{id} was paid without a look");
            continue;
        };
        let saved = thread.state().await?;
        // Between two steps a late field is an option.
        let risk = saved.values.risk.get().copied().unwrap_or(u32::MAX);
        for node in stopped.breakpoint().into_iter().flat_map(|at| &at.before) {
            println!("{id} stopped before `{node}`, with a risk of {risk}");
        }
        if risk < 50 {
            let RefundOutput { receipt } = thread.continue_run().await?;
            println!("{id}: {receipt}");
        } else {
            println!("{id} waits before {:?}", saved.next);
        }
    }

    // A server that shuts down lets each run finish its step, and continues it after a restart.
    let thread = app.thread("refund-3");
    let mut run = thread.run(RefundInput { amount: 30 });
    run.drain_handle().drain();
    if let Err(error) = run.await {
        println!("{error}");
    }
    thread.continue_run().outcome().await?;
    println!("refund-3: {}", thread.continue_run().await?.receipt);
    Ok(())
}
