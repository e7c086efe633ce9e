//! Row 130: an interrupt that serde cannot write.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Refund {
    #[state(input)]
    amount: u64,
    approved: Late<bool>,
}

#[derive(Interrupt, Clone, Debug)]
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

fn main() {}
