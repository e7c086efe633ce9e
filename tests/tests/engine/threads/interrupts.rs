//! Interrupts: a task asks, the run ends, and an answer continues it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use graph_core::interrupt::{Answers, InterruptId, Waiting};
use graph_core::node::Retry;
use graph_core::prelude::*;
use graph_core::run::{Interrupted, TaskState};
use graph_core::thread::NewInput;
use graph_core::{AnswerProblem, Error};

use crate::kit::{Line, Log, line, nothing, read};

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Name {
    of: String,
}

#[derive(Interrupt, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[interrupt(resume = u32)]
struct Age;

/// How often each node ran.
#[derive(Clone, Default)]
struct Counts {
    asks: Arc<AtomicUsize>,
    beside: Arc<AtomicUsize>,
    charged: Arc<AtomicUsize>,
}

#[node]
async fn ask(_: &Log, cx: &Context<Form>) -> NodeResult<Line> {
    cx.deps().asks.fetch_add(1, Ordering::SeqCst);
    let name = cx.interrupt(Name { of: "you".into() }).await?;
    let age = cx.interrupt(Age).await?;
    Ok(line(format!("{name} is {age}")))
}

#[node]
async fn beside(_: &Log, cx: &Context<Form>) -> Line {
    cx.deps().beside.fetch_add(1, Ordering::SeqCst);
    tokio::time::sleep(Duration::from_millis(5)).await;
    line("beside")
}

#[node]
fn last(_: &Log) -> Line {
    line("last")
}

graph! {
    Form<Log, Counts> {
        interrupt Name;
        interrupt Age;

        START -> [ask, beside];
        [ask, beside] -> last -> END;
    }
}

fn one<G: Graph>(interrupted: &Interrupted<G>) -> Waiting<G> {
    let waiting: Vec<_> = interrupted.iter().cloned().collect();
    assert_eq!(waiting.len(), 1, "one interrupt waits");
    waiting.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_task_asks_twice_and_its_neighbour_runs_once() {
    let counts = Counts::default();
    let thread = Form::new(counts.clone()).checkpointer(MemorySaver::new()).thread("t");
    let pending = thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap();
    let FormInterrupt::Name(asked) = one(&pending).value else { panic!("the name is asked first") };
    assert_eq!(asked.of, "you");
    let saved = thread.state().await.unwrap();
    assert_eq!(saved.next, [FormNode::Ask], "its neighbour has ended");
    assert_eq!(saved.interrupts().count(), 1);
    assert!(saved.values.log.is_empty(), "nothing of the step is applied");

    let pending = thread.resume("Bob".to_owned()).outcome().await.unwrap().interrupted().unwrap();
    assert!(matches!(one(&pending).value, FormInterrupt::Age(Age)));
    let state = thread.resume(42).await.unwrap();
    assert_eq!(state.log, ["Bob is 42", "beside", "last"]);
    assert_eq!(counts.asks.load(Ordering::SeqCst), 3, "once for each answer, and at first");
    assert_eq!(counts.beside.load(Ordering::SeqCst), 1);
    assert_eq!(thread.state().await.unwrap().interrupts().count(), 0);
}

#[tokio::test]
async fn an_answer_that_does_not_fit_leaves_the_thread_as_it_was() {
    let thread = Form::new(Counts::default()).checkpointer(MemorySaver::new()).thread("t");
    let nothing_asked = thread.resume(7).await.unwrap_err();
    assert!(
        matches!(nothing_asked, Error::Answer { problem: AnswerProblem::NothingAsked { interrupt: "Age" }, .. }),
        "{nothing_asked}"
    );
    let pending = thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap();
    let id = one(&pending).id;
    let wrong = thread.resume_with(Answers::new().to(id, 7)).await.unwrap_err();
    assert!(
        matches!(&wrong, Error::Answer { problem: AnswerProblem::WrongType { interrupt: "Name", .. }, .. }),
        "{wrong}"
    );
    let other: InterruptId = "00000000000000000000000000000007".parse().unwrap();
    let unknown = thread.resume_with(Answers::new().to(id, "Bob".to_owned()).to(other, 7)).await.unwrap_err();
    assert!(
        matches!(unknown, Error::Answer { problem: AnswerProblem::Unknown { id }, .. } if id == other),
        "{unknown}"
    );

    // The good answer beside the wrong one was not taken either.
    let again = thread.continue_run().outcome().await.unwrap().interrupted().unwrap();
    assert_eq!(one(&again).id, id, "it asks under the same id");
    let awaited = thread.continue_run().await.unwrap_err();
    assert!(matches!(&awaited, Error::Interrupted { interrupts, .. } if *interrupts == ["Name"]), "{awaited}");
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Orders {
    #[state(input, reduce = Overwrite)]
    orders: Vec<u32>,
    #[state(reduce = Append)]
    done: Vec<String>,
}

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = bool)]
struct Ship {
    order: u32,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Orders)]
struct Shipped {
    done: Vec<String>,
}

#[node]
async fn ship(order: u32, _: &Orders, cx: &Context<Shipping>) -> NodeResult<Shipped> {
    let yes = cx.interrupt(Ship { order }).await?;
    Ok(Shipped { done: vec![format!("{order}: {yes}")] })
}

graph! {
    Shipping<Orders> {
        interrupt Ship;

        START -> |Orders { orders, .. }| for order in orders { ship(*order) };
        ship -> END;
    }
}

#[tokio::test]
async fn tasks_of_a_for_edge_are_answered_by_id_and_some_at_a_time() {
    let thread = Shipping::new().checkpointer(MemorySaver::new()).thread("t");
    let pending = thread.run(OrdersInput { orders: vec![1, 2, 3] }).outcome().await.unwrap().interrupted().unwrap();
    let ids: Vec<_> = pending.iter().map(|waiting| waiting.id).collect();
    assert_eq!(ids.len(), 3);
    assert!(ids[0] != ids[1] && ids[1] != ids[2], "all ids are unique");
    let ambiguous = thread.resume(true).await.unwrap_err();
    assert!(
        matches!(&ambiguous, Error::Answer { problem: AnswerProblem::Ambiguous { ids: waiting, .. }, .. } if *waiting == ids),
        "{ambiguous}"
    );
    let some = Answers::new().to(ids[2], false).to(ids[0], true);
    let pending = thread.resume_with(some).outcome().await.unwrap().interrupted().unwrap();
    assert_eq!(one(&pending).id, ids[1]);
    let twice = thread.resume_with(Answers::new().to(ids[0], false)).await.unwrap_err();
    assert!(matches!(twice, Error::Answer { problem: AnswerProblem::Unknown { .. }, .. }), "{twice}");
    assert_eq!(thread.resume(true).await.unwrap().done, ["1: true", "2: true", "3: false"]);
}

#[node(retry(max_attempts = 3, initial = "1ms"), timeout = "50ms", on_error = excuse)]
async fn swallow(_: &Log, cx: &Context<Swallow>) -> NodeResult<Line> {
    // Neither a timeout around it, nor whatever the node does with the result, hides the interrupt.
    let answer = tokio::time::timeout(Duration::ZERO, cx.interrupt(Age)).await;
    match answer {
        Ok(Ok(age)) => Ok(line(format!("aged {age}"))),
        _ => Ok(line("swallowed")),
    }
}

#[node]
async fn excuse(_: NodeFailure, _: &Log) -> NodeResult<Line> {
    Ok(line("handled"))
}

graph! {
    Swallow<Log> {
        interrupt Age;

        START -> swallow -> END;
    }
}

#[tokio::test]
async fn a_node_its_policies_and_a_wrapper_cannot_swallow_an_interrupt() {
    let thread = Swallow::new().checkpointer(MemorySaver::new()).thread("t");
    let pending = thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap();
    assert!(matches!(one(&pending).value, SwallowInterrupt::Age(Age)));
    assert_eq!(thread.resume(9).await.unwrap().log, ["aged 9"]);
}

#[tokio::test]
async fn an_interrupt_is_a_part_of_every_mode_and_the_end_of_its_task() {
    let thread = Form::new(Counts::default()).checkpointer(MemorySaver::new()).thread("t");
    for mode in
        [Mode::VALUES, Mode::UPDATES, Mode::MESSAGES, Mode::CUSTOM, Mode::TASKS, Mode::CHECKPOINTS, Mode::EVENTS]
    {
        let (parts, error) = read(thread.run(nothing()).stream(mode)).await;
        assert!(error.is_none());
        let asked = parts.iter().filter(|part| matches!(part, Part::Interrupt(_))).count();
        assert_eq!(asked, 1, "{mode:?}");
    }
    let (parts, _) = read(thread.run(nothing()).tasks()).await;
    let ends = parts.iter().filter(|part| matches!(&part.state, TaskState::Interrupted(waiting) if waiting.len() == 1));
    assert_eq!(ends.count(), 1);
    let mut stream = thread.run(nothing()).stream(Mode::UPDATES);
    let mut seen = Vec::new();
    while let Some(part) = stream.next().await {
        seen.push(serde_json::to_value(part.unwrap()).unwrap()["data"].clone());
    }
    assert_eq!(seen[0]["__interrupt__"][0]["value"], serde_json::json!({"of": "you"}));
    assert_eq!(seen[1], serde_json::json!({"beside": {"log": ["beside"]}}));
    assert_eq!(stream.interrupted().unwrap().iter().count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_on_tokio_ask_too() {
    let counts = Counts::default();
    let thread = Form::new(counts.clone()).checkpointer(MemorySaver::new()).thread("t");
    let pending = thread.run(nothing()).parallel().outcome().await.unwrap().interrupted().unwrap();
    assert!(matches!(one(&pending).value, FormInterrupt::Name(_)));
    thread.resume("Bob".to_owned()).parallel().outcome().await.unwrap().interrupted().unwrap();
    assert_eq!(thread.resume(42).parallel().await.unwrap().log, ["Bob is 42", "beside", "last"]);
    assert_eq!(counts.beside.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_new_input_ends_what_was_interrupted() {
    let thread = Form::new(Counts::default()).checkpointer(MemorySaver::new()).thread("t");
    let first = one(&thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap()).id;
    let second = one(&thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap()).id;
    assert_ne!(first, second);
    let stale = thread.resume_with(Answers::new().to(first, "Bob".to_owned())).await.unwrap_err();
    assert!(matches!(stale, Error::Answer { .. }), "{stale}");
    assert_eq!(thread.state().await.unwrap().interrupts().next().unwrap().id, second);
}

#[tokio::test]
async fn a_new_input_is_refused_where_the_app_says_so() {
    let app = Form::new(Counts::default()).checkpointer(MemorySaver::new()).new_input(NewInput::Reject);
    let thread = app.thread("t");
    let first = one(&thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap()).id;
    let refused = thread.run(nothing()).await.unwrap_err();
    assert!(matches!(&refused, Error::InterruptsWait { interrupts, .. } if *interrupts == ["Name"]), "{refused}");
    assert_eq!(thread.state().await.unwrap().interrupts().next().unwrap().id, first, "the thread is as it was");
    thread.resume("Bob".to_owned()).outcome().await.unwrap();
    thread.resume(42).await.unwrap();
    thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap();
}

#[tokio::test]
async fn the_threads_that_wait_are_listed() {
    let app = Form::new(Counts::default()).checkpointer(MemorySaver::new());
    for number in 0..70 {
        let thread = app.thread(format!("t{number:02}"));
        thread.run(nothing()).outcome().await.unwrap();
        if number % 7 != 0 {
            thread.resume("Bob".to_owned()).outcome().await.unwrap();
            thread.resume(42).await.unwrap();
        }
    }
    let mut waiting = Vec::new();
    let mut unfinished = app.unfinished();
    while let Some(snapshot) = unfinished.next().await {
        let snapshot = snapshot.unwrap();
        assert!(matches!(snapshot.interrupts().next().unwrap().value, FormInterrupt::Name(_)));
        waiting.push(snapshot.thread_id.to_string());
    }
    assert_eq!(waiting, ["t00", "t07", "t14", "t21", "t28", "t35", "t42", "t49", "t56", "t63"]);
}

#[node]
async fn dial(_: &Log, cx: &Context<Dialling>) -> NodeResult<Line> {
    let retry = Retry { max_attempts: 3, initial: Duration::from_millis(1), jitter: false, ..Retry::DEFAULT };
    let tries = &cx.deps().charged;
    let dial = || async {
        match tries.fetch_add(1, Ordering::SeqCst) {
            0 | 1 => Err(NodeError::msg("busy")),
            _ => Ok("connected".to_owned()),
        }
    };
    let line_of = cx.retried_step("dial", retry, dial).await?;
    cx.interrupt(Age).await?;
    Ok(line(line_of))
}

graph! {
    Dialling<Log, Counts> {
        interrupt Age;

        START -> dial -> END;
    }
}

#[tokio::test]
async fn a_step_is_tried_again_and_its_result_remembered() {
    let counts = Counts::default();
    let thread = Dialling::new(counts.clone()).checkpointer(MemorySaver::new()).thread("t");
    thread.run(nothing()).outcome().await.unwrap().interrupted().unwrap();
    assert_eq!(thread.resume(1).await.unwrap().log, ["connected"]);
    assert_eq!(counts.charged.load(Ordering::SeqCst), 3);
}

#[node(retry(max_attempts = 3, initial = "1ms"))]
async fn pay(_: &Log, cx: &Context<Paying>) -> NodeResult<Line> {
    let charge = |what: &'static str| async move {
        cx.deps().charged.fetch_add(1, Ordering::SeqCst);
        NodeResult::Ok(format!("paid {what}"))
    };
    let first = cx.step("charge", charge("deposit")).await?;
    if cx.attempt() == 1 {
        return Err(NodeError::msg("the line was cut"));
    }
    let second = cx.step("charge", charge("rest")).await?;
    let age = cx.interrupt(Age).await?;
    Ok(line(format!("{first}, {second}, {age}")))
}

graph! {
    Paying<Log, Counts> {
        interrupt Age;

        START -> pay -> END;
    }
}

#[tokio::test]
async fn a_step_is_done_once_over_retries_and_answers() {
    let counts = Counts::default();
    let saver = MemorySaver::new();
    let app = Paying::new(counts.clone()).checkpointer(saver.clone());
    app.thread("t").run(nothing()).outcome().await.unwrap().interrupted().unwrap();
    assert_eq!(counts.charged.load(Ordering::SeqCst), 2);
    // As after a restart: another app over what was saved.
    let app = Paying::new(counts.clone()).checkpointer(saver);
    assert_eq!(app.thread("t").resume(3).await.unwrap().log, ["paid deposit, paid rest, 3"]);
    assert_eq!(counts.charged.load(Ordering::SeqCst), 2);
}
