//! Row 131: an interrupt with a type parameter.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Refund {
    #[state(input)]
    amount: u64,
    approved: Late<bool>,
}

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = bool)]
struct Approve<T> {
    amount: T,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Refund)]
struct Reviewed {
    approved: bool,
}

fn main() {}
