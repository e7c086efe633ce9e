//! Row 130: an answer that serde cannot write.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Refund {
    #[state(input)]
    amount: u64,
    approved: Late<bool>,
}

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = Decision)]
struct Approve {
    amount: u64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Refund)]
struct Reviewed {
    approved: bool,
}

#[derive(Clone, Debug)]
enum Decision {
    Yes,
}

#[node]
async fn review(Refund { amount, .. }: &Refund, cx: &Context<Refunds>) -> NodeResult<Reviewed> {
    let approved = cx.interrupt(Approve { amount: *amount }).await?;
    let Decision::Yes = approved;
    Ok(Reviewed { approved: true })
}

graph! {
    Refunds<Refund> {
        interrupt Approve;

        START -> review -> END;
    }
}

fn main() { let _ = Decision::Yes; }
