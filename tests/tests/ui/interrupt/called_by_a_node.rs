//! Row 36: a graph that can interrupt, run by a node.
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

#[node]
async fn outer(Refund { amount, .. }: &Refund, cx: &Context<Calling>) -> NodeResult<Reviewed> {
    let refund = Refunds::new().run(RefundInput { amount: *amount }).as_child_of(cx).await?;
    Ok(Reviewed { approved: refund.approved.get().is_some() })
}

graph! {
    Calling<Refund> {
        calls Refunds;

        START -> outer -> END;
    }
}

fn main() {}
