//! LangGraph's recording 42: two tasks side by side, an interrupt, a resume that runs neither again, and what the next run
//! gets of this one.

use graph_core::functional::Final;
use graph_core::prelude::*;
use serde_json::{Value, json};

use crate::Ran;
use crate::kit::read;

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Confirm(String);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Report {
    r: Vec<i64>,
    a: String,
    prev: Option<i64>,
}

/// The greater number is done first.
#[task]
async fn slow(number: i64, cx: &Context<Wf>) -> NodeResult<i64> {
    cx.deps().note(format!("slow {number}"));
    for _ in 0..(5 - number) {
        tokio::task::yield_now().await;
    }
    Ok(number * 10)
}

#[workflow(Wf, tasks(slow), interrupts(Confirm), deps = Ran)]
async fn wf(numbers: Vec<i64>, #[previous] prev: Option<i64>, cx: &Context<Wf>) -> NodeResult<Final<Report, i64>> {
    let results = futures_util::future::try_join_all(numbers.into_iter().map(|number| slow(number, cx))).await?;
    let a = cx.interrupt(Confirm("ok?".to_owned())).await?;
    let save = results.iter().sum();
    Ok(Final { value: Report { r: results, a, prev }, save })
}

/// The parts as JSON, without ids.
async fn streamed(run: impl std::future::Future<Output = (Vec<Part<Wf>>, Option<graph_core::Error>)>) -> Vec<Value> {
    let (parts, error) = run.await;
    assert!(error.is_none(), "{error:?}");
    let json = |part| {
        let mut json = serde_json::to_value(&part).unwrap()["data"].take();
        if let Some(asked) = json.pointer_mut("/__interrupt__/0") {
            asked.as_object_mut().unwrap().remove("id");
        }
        json
    };
    parts.into_iter().map(json).collect()
}

#[tokio::test]
async fn a_workflow_streams_its_tasks_and_a_resume_runs_none_again() {
    let ran = Ran::default();
    let thread = Wf::new(ran.clone()).checkpointer(MemorySaver::new()).thread("t");

    let run = thread.run(WfInput { numbers: vec![1, 2] });
    let parts = streamed(read(run.stream(Mode::UPDATES))).await;
    // In the order in which they end, as in the recording.
    assert_eq!(parts, [json!({"slow": 20}), json!({"slow": 10}), json!({"__interrupt__": [{"value": "ok?"}]})]);
    assert_eq!(ran.take(), ["slow 1", "slow 2"]);

    let parts = streamed(read(thread.resume("yes".to_owned()).stream(Mode::UPDATES))).await;
    assert_eq!(parts, [json!({"wf": {"result": {"r": [10, 20], "a": "yes", "prev": null}, "prev": 30}})]);
    assert_eq!(ran.take(), Vec::<String>::new());

    // The next run on the thread gets what this one has saved.
    let outcome = thread.run(WfInput { numbers: vec![3] }).outcome().await.unwrap();
    assert!(matches!(outcome, Outcome::Interrupted(_)));
    let report = thread.resume("again".to_owned()).await.unwrap();
    assert_eq!(report, Report { r: vec![30], a: "again".to_owned(), prev: Some(30) });
    assert_eq!(ran.take(), ["slow 3"]);
}

#[tokio::test]
async fn the_values_are_the_result_once_it_is_there() {
    let thread = Wf::new(Ran::default()).checkpointer(MemorySaver::new()).thread("t");
    thread.run(WfInput { numbers: vec![1] }).outcome().await.unwrap();
    let parts = streamed(read(thread.resume("yes".to_owned()).stream(Mode::VALUES))).await;
    let result = json!({"result": {"r": [10], "a": "yes", "prev": null}});
    assert_eq!(parts, [json!({}), result]);
}

#[tokio::test]
async fn results_have_a_typed_stream() {
    let thread = Wf::new(Ran::default()).checkpointer(MemorySaver::new()).thread("t");
    let (results, error) = read(thread.run(WfInput { numbers: vec![1, 2] }).task_results()).await;
    assert!(error.is_none());
    assert_eq!(results, [WfTaskResult::Slow(20), WfTaskResult::Slow(10)]);
}
