//! Row 37: an answer by id, of a type that answers nothing.
use graph_core::interrupt::Answers;
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

#[node]
async fn review(Refund { amount, .. }: &Refund, cx: &Context<Refunds>) -> NodeResult<Reviewed> {
    let approved = cx.interrupt(Approve { amount: *amount }).await?;
    Ok(Reviewed { approved })
}

graph! {
    Refunds<Refund> {
        interrupt Approve;

        START -> review -> END;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let thread = Refunds::new().checkpointer(MemorySaver::new()).thread("t");
    let id = "00000000000000000000000000000007".parse().expect("an id");
    thread.resume_with(Answers::new().to(id, 7_u8)).await?;
    Ok(())
}
