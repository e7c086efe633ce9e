//! Tasks that nodes of a graph call, workflows as what any graph is: on a thread that is cut off, drawn, run in a node.

use graph_core::prelude::*;

use crate::Ran;
use crate::kit::{Line, Log, given, line, read};

#[task]
async fn fetch(page: u32, cx: &Context<Reading>) -> NodeResult<String> {
    cx.deps().note(format!("fetch {page}"));
    Ok(format!("page {page}"))
}

#[task]
async fn count(text: &str, _cx: &RunContext) -> NodeResult<usize> {
    Ok(text.len())
}

#[node(retry(max_attempts = 2, initial = "1ms"))]
async fn read_pages(_: &Log, cx: &Context<Reading>) -> NodeResult<Line> {
    let text = fetch(1, cx).await?;
    let letters = count(&text, cx).await?;
    if cx.attempt() == 1 {
        return Err(NodeError::msg("cut off"));
    }
    Ok(line(format!("{letters}")))
}

graph! {
    Reading<Log, Ran> {
        task fetch, count;

        START -> read_pages -> END;
    }
}

#[tokio::test]
async fn a_node_that_is_tried_again_gets_the_saved_results() {
    let ran = Ran::default();
    let thread = Reading::new(ran.clone()).checkpointer(MemorySaver::new()).thread("t");
    let (results, error) = read(thread.run(given("go")).task_results()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(results, [ReadingTaskResult::Fetch("page 1".to_owned()), ReadingTaskResult::Count(6)]);
    assert_eq!(ran.take(), ["fetch 1"]);

    // Without a thread, each attempt does its work.
    Reading::new(ran.clone()).run(given("go")).await.unwrap();
    assert_eq!(ran.take(), ["fetch 1", "fetch 1"]);
}

#[task]
async fn step(number: u64, cx: &Context<Sums>) -> NodeResult<u64> {
    cx.deps().note(format!("step {number}"));
    tokio::task::yield_now().await;
    Ok(number)
}

#[workflow(Sums, tasks(step), deps = Ran)]
async fn sums(numbers: u64, cx: &Context<Sums>) -> NodeResult<u64> {
    let mut sum = 0;
    for number in 0..numbers {
        sum += step(number, cx).await?;
    }
    Ok(sum)
}

#[tokio::test]
async fn a_run_that_is_dropped_goes_on_behind_its_last_result() {
    let ran = Ran::default();
    let thread = Sums::new(ran.clone()).checkpointer(MemorySaver::new()).thread("t");
    let mut results = thread.run(SumsInput { numbers: 5 }).task_results();
    for number in 0..3 {
        assert_eq!(results.next().await.unwrap().unwrap(), SumsTaskResult::Step(number));
    }
    drop(results);
    let before = ran.take().len();
    assert!((3..=4).contains(&before), "{before}");
    assert_eq!(thread.continue_run().await.unwrap(), 10);
    assert_eq!(ran.take().len(), 5 - 3);
}

#[workflow(Inner, tasks(double))]
async fn inner(number: u64, cx: &Context<Inner>) -> NodeResult<u64> {
    double(number, cx).await
}

#[task]
async fn double(number: u64, _cx: &RunContext) -> NodeResult<u64> {
    Ok(2 * number)
}

#[node]
async fn calls_it(_: &Log, cx: &Context<Outer>) -> NodeResult<Line> {
    let doubled = Inner::new().run(InnerInput { number: 21 }).as_child_of(cx).await?;
    Ok(line(doubled.to_string()))
}

graph! {
    Outer<Log> {
        calls Inner;

        START -> calls_it -> END;
    }
}

#[tokio::test]
async fn a_workflow_runs_inside_a_node() {
    let log = Outer::new().run(given("go")).await.unwrap();
    assert_eq!(log.log, ["go", "42"]);
}

#[test]
fn a_workflow_is_a_graph_of_one_node() {
    assert_eq!(Sums::NAME, "Sums");
    assert_eq!(SumsNode::ALL, [SumsNode::Sums]);
}
