//! Tools on a thread: what is executed is not executed again, and a tool may ask.

use graph_core::interrupt::Answers;
use graph_core::model::ScriptedModel;
use graph_core::prelude::*;
use serde_json::{Value, json};

use crate::{Ran, calls, model, texts};

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = bool)]
struct Approve {
    amount: u64,
}

struct Deps {
    model: ScriptedModel,
    tools: ToolSet<Bank>,
}

/// Pays, if a human agrees.
#[tool]
async fn pay(amount: u64, #[inject] ran: &Ran, cx: &Context<Bank>) -> NodeResult<String> {
    let agrees = cx.interrupt(Approve { amount }).await?;
    ran.note(format!("paid {amount}: {agrees}"));
    Ok(agrees.to_string())
}

/// Looks at the balance.
#[tool]
async fn balance(#[inject] ran: &Ran) -> u64 {
    // The calls before it ask meanwhile.
    tokio::task::yield_now().await;
    ran.note("balance");
    7
}

#[node]
async fn agent(state: &MessagesState, cx: &Context<Bank>) -> NodeResult<NewMessages> {
    Ok(cx.deps().model.invoke(&state.messages, cx).await?.into())
}

#[node]
async fn tools(state: &MessagesState, cx: &Context<Bank>) -> NodeResult<NewMessages> {
    Ok(cx.deps().tools.call_all(state.pending_tool_calls(), cx).await?.into())
}

graph! {
    Bank<MessagesState, Deps> {
        interrupt Approve;

        START -> agent;
        agent -> |state| if state.has_pending_tool_calls() { tools } else { END };
        tools -> agent;
    }
}

fn app<const N: usize>(ran: &Ran, asks: [(&str, &str, Value); N], limit: usize) -> DurableApp<Bank> {
    let tools = tools![pay(ran.clone()), balance(ran.clone())].max_concurrency(limit);
    Bank::new(Deps { model: model(calls(asks)), tools }).checkpointer(MemorySaver::new())
}

#[tokio::test]
async fn the_calls_beside_one_that_asks_are_executed_once() {
    // With a limit of one call, too: one that asks only waits.
    for limit in [usize::MAX, 1] {
        let ran = Ran::default();
        let asks =
            [("c1", "pay", json!({"amount": 5})), ("c2", "balance", json!({})), ("c3", "pay", json!({"amount": 6}))];
        let thread = app(&ran, asks, limit).thread("t");
        let outcome = thread.run(MessagesState::input(Message::user("pay"))).outcome().await.unwrap();
        let Outcome::Interrupted(interrupted) = outcome else { panic!("{outcome:?}") };
        let amounts: Vec<_> = interrupted
            .iter()
            .map(|waiting| match &waiting.value {
                BankInterrupt::Approve(Approve { amount }) => *amount,
            })
            .collect();
        assert_eq!(amounts, [5, 6], "both are asked at once");
        assert_eq!(ran.take(), ["balance"]);

        // One answer: the other one is asked on, and nothing that was executed is executed again.
        let first = interrupted.iter().next().unwrap().id;
        let outcome = thread.resume_with(Answers::new().to(first, true)).outcome().await.unwrap();
        let Outcome::Interrupted(interrupted) = outcome else { panic!("{outcome:?}") };
        assert_eq!(interrupted.iter().len(), 1);
        let state = thread.resume(false).await.unwrap();
        assert_eq!(ran.take(), ["paid 5: true", "paid 6: false"]);
        assert_eq!(texts(&state.messages), ["pay", "", "true", "7", "false", "done"]);
    }
}

#[tokio::test]
async fn what_a_run_that_was_dropped_has_executed_is_not_executed_again() {
    let ran = Ran::default();
    let asks = [("c1", "balance", json!({})), ("c2", "pay", json!({"amount": 5}))];
    let app = app(&ran, asks, 1);
    let thread = app.thread("t");
    thread.run(MessagesState::input(Message::user("pay"))).outcome().await.unwrap();
    assert_eq!(ran.take(), ["balance"]);
    // As if in another process.
    let state = app.thread("t").resume(true).await.unwrap();
    assert_eq!(ran.take(), ["paid 5: true"]);
    assert_eq!(texts(&state.messages), ["pay", "", "7", "true", "done"]);
}

#[tokio::test]
async fn a_call_is_told_from_one_with_the_same_id() {
    let ran = Ran::default();
    let asks = [("", "balance", json!({})), ("", "balance", json!({})), ("", "pay", json!({"amount": 5}))];
    let thread = app(&ran, asks, 1).thread("t");
    thread.run(MessagesState::input(Message::user("pay"))).outcome().await.unwrap();
    assert_eq!(ran.take(), ["balance", "balance"]);
    let state = thread.resume(true).await.unwrap();
    assert_eq!(texts(&state.messages)[2..], ["7", "7", "true", "done"]);
    assert_eq!(ran.take(), ["paid 5: true"]);
}
