//! A human decides in the middle of a run: the process ends, and another one goes on with the answer.
//!
//! `approval refunds.db` asks; `approval refunds.db approve`, or `reject`, answers later. Without arguments it does both, in
//! a file that it deletes.
use std::path::PathBuf;

use graph_checkpoint::SqliteSaver;
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct RefundState {
    #[state(input)]
    amount: u64,
    decision: Late<Decision>,
    receipt: Option<String>,
}

/// What the human is asked, and the type of the answer.
#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = Decision)]
struct ApproveRefund {
    amount: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Decision {
    Approve,
    Reject { reason: String },
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(RefundState)]
struct Reviewed {
    decision: Decision,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(RefundState)]
struct Paid {
    receipt: Option<String>,
}

#[node]
async fn review(RefundState { amount, .. }: &RefundState, cx: &Context<RefundGraph>) -> NodeResult<Reviewed> {
    let decision = cx.interrupt(ApproveRefund { amount: *amount }).await?;
    Ok(Reviewed { decision })
}

#[node(retry(max_attempts = 3), timeout = "10s")]
async fn pay(RefundState { amount, .. }: &RefundState, cx: &Context<RefundGraph>) -> NodeResult<Paid> {
    // A durable step: its result is saved, so a resumed or retried node does not pay twice.
    let receipt = cx.step("charge", async { NodeResult::Ok(format!("paid {amount}")) }).await?;
    Ok(Paid { receipt: Some(receipt) })
}

graph! {
    RefundGraph<RefundState> {
        interrupt ApproveRefund;

        START -> review;
        review -> |RefundState { decision, .. }| match decision {
            Decision::Approve => pay,
            Decision::Reject { .. } => END,
        };
        pay -> END;
    }
}

async fn thread(file: &PathBuf) -> graph_core::Result<Thread<RefundGraph>> {
    Ok(RefundGraph::new().checkpointer(SqliteSaver::open(file).await?).thread("refund-17"))
}

/// Runs until a human is asked.
async fn ask(thread: &Thread<RefundGraph>) -> graph_core::Result<()> {
    match thread.run(RefundStateInput { amount: 120 }).outcome().await? {
        Outcome::Done(state) => println!("done: {:?}", state.receipt),
        Outcome::Interrupted(pending) => {
            for interrupt in &pending {
                let RefundGraphInterrupt::ApproveRefund(ask) = &interrupt.value;
                println!("approve a refund of {}?", ask.amount);
            }
        }
    }
    Ok(())
}

/// Goes on with the answer, and shows every step.
async fn answer(thread: &Thread<RefundGraph>, decision: Decision) -> graph_core::Result<()> {
    let state = thread.resume(decision).await?;
    println!("receipt: {}", state.receipt.as_deref().unwrap_or("none"));
    let mut history = thread.history();
    while let Some(snapshot) = history.next().await {
        let snapshot = snapshot?;
        println!("step {}, next {:?}", snapshot.step, snapshot.next);
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> graph_core::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(file) = arguments.next().map(PathBuf::from) else {
        let file = std::env::temp_dir().join(format!("refunds-{}.db", std::process::id()));
        ask(&thread(&file).await?).await?;
        answer(&thread(&file).await?, Decision::Approve).await?;
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
        return Ok(());
    };
    let thread = thread(&file).await?;
    match arguments.next().as_deref() {
        None => ask(&thread).await,
        Some("approve") => answer(&thread, Decision::Approve).await,
        Some(reason) => answer(&thread, Decision::Reject { reason: reason.to_owned() }).await,
    }
}
