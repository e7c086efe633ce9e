//! Row 37: an answer whose type two interrupts have.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Refund {
    #[state(input)]
    amount: u64,
    approved: Late<bool>,
}

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = bool)]
struct Approve {
    amount: u64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Refund)]
struct Reviewed {
    approved: bool,
}

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = bool)]
struct Publish;

#[node]
async fn review(Refund { amount, .. }: &Refund, cx: &Context<Refunds>) -> NodeResult<Reviewed> {
    let approved = cx.interrupt(Approve { amount: *amount }).await?;
    Ok(Reviewed { approved })
}

graph! {
    Refunds<Refund> {
        interrupt Approve;
        interrupt Publish;

        START -> review -> END;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let thread = Refunds::new().checkpointer(MemorySaver::new()).thread("t");
    thread.resume(true).await?;
    Ok(())
}
