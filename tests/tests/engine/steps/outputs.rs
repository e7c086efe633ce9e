//! Output types: the part of the state that a run returns.

use graph_core::prelude::*;
use graph_core::run::{EventData, Output};
use serde_json::json;

use crate::kit::{items, read};

/// Marks the fields that must stay private.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Secret(String);

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Case {
    #[state(input)]
    question: String,
    #[state(output, reduce = Append)]
    steps: Vec<String>,
    secret: Secret,
    #[state(output)]
    r#type: Late<String>,
    note: Late<u32>,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Case)]
struct Looked {
    secret: Secret,
}

#[derive(Update, Clone, Debug, Serialize, Deserialize)]
#[update(Case)]
struct Told {
    steps: Vec<String>,
    r#type: String,
}

#[node]
fn look(_: &Case) -> Looked {
    Looked { secret: Secret("s3".into()) }
}

#[node]
fn tell(Case { question, secret, .. }: &Case) -> Told {
    Told { steps: vec![format!("{question}: {}", secret.0.len())], r#type: "short".into() }
}

graph! {
    Cases<Case> {
        START -> look -> tell -> END;
    }
}

fn input() -> CaseInput {
    CaseInput { question: "how many".into() }
}

fn expected() -> CaseOutput {
    CaseOutput { steps: vec!["how many: 2".into()], r#type: "short".into() }
}

#[tokio::test]
async fn a_run_gives_the_marked_fields_and_nothing_else() {
    let output: CaseOutput = Cases::new().run(input()).await.unwrap();
    assert_eq!(output, expected());
    let output: Output<Cases> = Cases::new().run(input()).spawn().await.unwrap();
    assert_eq!(output, expected());
    let mut updates = Cases::new().run(input()).updates();
    while updates.next().await.is_some() {}
    assert_eq!(**updates.output().unwrap(), expected());
    assert_eq!(*updates.finish().await.unwrap(), expected());
}

#[test]
fn code_without_async_gets_the_same() {
    assert_eq!(Cases::new().run(input()).blocking().unwrap(), expected());
}

#[tokio::test]
async fn values_come_when_something_of_the_output_was_written() {
    let values = items(Cases::new().run(input()).values()).await;
    let seen: Vec<_> = values.iter().map(|value| (value.steps.len(), value.r#type.is_written())).collect();
    // The input, and nothing for the step that wrote the secret.
    assert_eq!(seen, [(0, false), (1, true)]);
}

#[tokio::test]
async fn json_has_no_field_that_was_not_written() {
    let (parts, error) = read(Cases::new().run(input()).stream(Mode::VALUES)).await;
    assert!(error.is_none());
    let parts: Vec<_> = parts.iter().map(|part| serde_json::to_value(part).unwrap()["data"].clone()).collect();
    assert_eq!(parts, [json!({"steps": []}), json!({"steps": ["how many: 2"], "type": "short"})]);
    let back: CaseOutput = serde_json::from_value(parts[1].clone()).unwrap();
    assert_eq!(back, expected());
    assert_eq!(serde_json::to_value(&back).unwrap(), parts[1]);
    assert_eq!(format!("{:?}", back.clone()), r#"CaseOutput { steps: ["how many: 2"], type: "short" }"#);
}

#[tokio::test]
async fn a_thread_holds_the_whole_state() {
    let thread = Cases::new().checkpointer(MemorySaver::new()).thread("t");
    assert_eq!(thread.run(input()).await.unwrap(), expected());
    assert_eq!(thread.state().await.unwrap().values.secret, Secret("s3".into()));
    assert_eq!(thread.continue_run().await.unwrap(), expected());
    let told = items(thread.run(input()).checkpoints()).await;
    assert_eq!(told.last().unwrap().values.secret, Secret("s3".into()));
}

#[tokio::test]
async fn the_end_of_the_graph_is_told_with_what_it_gives() {
    let events = items(Cases::new().run(input()).events()).await;
    let end = events.last().unwrap();
    assert!(matches!(&end.data, Some(EventData::Output(values)) if values.r#type == Late::new(expected().r#type)));
    assert!(matches!(&events[0].input, Some(EventData::State(state)) if state.question == "how many"));
}

#[test]
fn the_table_of_fields_says_which_are_output() {
    let output: Vec<_> = Case::FIELDS.iter().filter(|field| field.output).map(|field| field.name).collect();
    assert_eq!(output, ["steps", "type"]);
}
