//! Row 56: an update of a thread, in the name of a node that does not write this.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Refund {
    #[state(input)]
    amount: u64,
    receipt: Option<String>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Refund)]
struct Checked {
    amount: u64,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Refund)]
struct Paid {
    receipt: Option<String>,
}

#[node]
fn check(Refund { amount, .. }: &Refund) -> Checked {
    Checked { amount: *amount }
}

#[node]
fn pay(Refund { amount, .. }: &Refund) -> Paid {
    Paid { receipt: Some(format!("paid {amount}")) }
}

graph! {
    Refunds<Refund> {
        START -> check -> pay -> END;
    }
}

#[tokio::main]
async fn main() -> graph_core::Result<()> {
    let thread = Refunds::new().checkpointer(MemorySaver::new()).thread("t");
    thread.update(RefundsUpdate::Check(Paid { receipt: None })).await?;
    Ok(())
}
