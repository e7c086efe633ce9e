//! What a call is answered with.

use std::sync::Arc;

use graph_core::message::{Content, ContentBlock, InvalidToolCall, ToolStatus};
use graph_core::model::ToolSpec;
use graph_core::prelude::*;
use graph_core::tool::{DynamicTool, PendingCall, ToolOutput};
use serde_json::{Value, json};

use crate::{Ran, call, texts};

/// Divides.
#[tool]
fn divide(a: f64, b: f64) -> Result<f64, Division> {
    if b == 0.0 { Err(Division) } else { Ok(a / b) }
}

#[derive(Debug)]
struct Division;

impl std::fmt::Display for Division {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("division by zero")
    }
}

impl std::error::Error for Division {}

#[derive(Serialize)]
struct Row {
    id: u64,
}

type Rows = NodeResult<Vec<Row>>;

/// Finds rows.
#[tool]
async fn find() -> Rows {
    Ok(vec![Row { id: 7 }])
}

/// Shows a picture.
#[tool]
async fn picture() -> Vec<ContentBlock> {
    vec![ContentBlock::text("a cat"), ContentBlock::image_url("https://x/cat.png")]
}

/// Says something.
#[tool]
fn say(words: Vec<String>) -> String {
    words.join(" ")
}

/// Returns an artifact.
#[tool]
fn table() -> NodeResult<ToolOutput> {
    Ok(ToolOutput::from("2 rows").with_artifact(json!([1, 2])))
}

async fn answer(tools: &ToolSet, call: impl Into<PendingCall> + Send) -> Message {
    tools.call(call, &RunContext::detached()).await.unwrap()
}

#[tokio::test]
async fn a_result_is_text_blocks_or_json() {
    let tools: ToolSet = tools![divide, find, picture, say, table];
    assert_eq!(answer(&tools, call("c", "divide", json!({"a": 1, "b": 2}))).await.text(), "0.5");
    assert_eq!(answer(&tools, call("c", "find", json!({}))).await.text(), r#"[{"id":7}]"#);
    assert_eq!(answer(&tools, call("c", "picture", json!({}))).await.blocks().len(), 2);
    let said = answer(&tools, call("c", "say", json!({"words": ["a", "b"]}))).await;
    assert_eq!((said.content(), said.status()), (&Content::from("a b"), ToolStatus::Success));
    assert_eq!((said.tool_call_id(), said.name(), said.id().is_empty()), ("c", Some("say"), false));
    assert_eq!(answer(&tools, call("c", "table", json!({}))).await.artifact(), Some(&json!([1, 2])));
}

#[tokio::test]
async fn whatever_goes_wrong_is_told_to_the_model() {
    let tools: ToolSet = tools![divide, say];
    let invalid = InvalidToolCall {
        id: "c5".into(),
        name: "say".into(),
        args: r#"{"words": ["a"#.into(),
        error: Some("the reply was cut off by the token limit".into()),
    };
    let calls: [PendingCall; 5] = [
        call("c1", "divide", json!({"a": 1, "b": 0})).into(),
        call("c2", "nope", json!({})).into(),
        call("c3", "say", json!({"words": ["a", 1], "loud": true})).into(),
        call("c4", "divide", Value::Null).into(),
        invalid.into(),
    ];
    let answers = tools.call_all(calls, &RunContext::detached()).await.unwrap();
    assert_eq!(
        texts(&answers),
        [
            "Error: division by zero",
            "Error: nope is not a valid tool, try one of [divide, say].",
            "Error: invalid arguments: `words[1]`: invalid type: integer `1`, expected a string; \
             `loud`: unknown, the parameters are `words`",
            "Error: invalid arguments: `a`: is missing; `b`: is missing",
            "Error: the call was not executed: the reply was cut off by the token limit",
        ]
    );
    assert!(answers.iter().all(|answer| answer.status() == ToolStatus::Error));
    let ids: Vec<_> = answers.iter().map(Message::tool_call_id).collect();
    assert_eq!(ids, ["c1", "c2", "c3", "c4", "c5"]);
}

/// Looks up a name.
#[tool]
async fn lookup(name: String, #[inject] table: &Ran, #[inject] prefix: Arc<str>, cx: &RunContext) -> String {
    table.note(format!("{prefix}{name} {:?}", cx.tool_call_id()));
    "found".to_owned()
}

#[tokio::test]
async fn an_injected_value_is_given_with_the_tool_and_hidden_from_the_model() {
    let ran = Ran::default();
    let tools: ToolSet = tools![lookup(ran.clone(), "p-".into()), say];
    let properties = tools.specs()[0].parameters["properties"].as_object().unwrap().keys().cloned();
    assert_eq!(properties.collect::<Vec<_>>(), ["name"]);
    // Nor can it write them.
    let answer = answer(&tools, call("c", "lookup", json!({"name": "n", "prefix": "x"}))).await;
    assert!(answer.text().contains("`prefix`: unknown"), "{}", answer.text());
    tools.call(call("c", "lookup", json!({"name": "n"})), &RunContext::detached()).await.unwrap();
    assert_eq!(ran.take(), [r#"p-n Some("c")"#]);
}

#[tokio::test]
async fn a_tool_that_is_known_at_run_time_only() {
    let tool = |name: &str| {
        DynamicTool::new(
            ToolSpec::new(name, "", json!({"type": "object"})),
            |arguments: Value, cx: RunContext| async move { Ok::<_, NodeError>(json!([arguments, cx.tool_call_id()])) },
        )
    };
    let tools = tools![say].with(tool("echo")).unwrap();
    assert_eq!(answer(&tools, call("c", "echo", json!({"a": 1}))).await.text(), r#"[{"a":1},"c"]"#);
    let error = tools.clone().with(tool("say")).unwrap_err();
    assert_eq!(error.to_string(), "two tools of the set have the name `say`");
    assert!(tools.clone().with_all(&tools![say]).is_err());
    assert_eq!(tools.with_all(&tools![divide]).unwrap().len(), 3);
}

/// A method cannot be one; a raw name is a name.
#[tool]
fn r#move(r#type: String) -> String {
    r#type
}

/// Under another name.
#[tool(name = "web-search")]
fn search() -> &'static str {
    "found"
}

#[tokio::test]
async fn a_tool_has_the_name_of_its_function_or_another_one() {
    let tools: ToolSet = tools![r#move, search];
    let names: Vec<_> = tools.specs().iter().map(|spec| spec.name.as_str()).collect();
    assert_eq!(names, ["move", "web-search"]);
    assert_eq!(answer(&tools, call("c", "move", json!({"type": "t"}))).await.text(), "t");
    assert_eq!(answer(&tools, call("c", "web-search", json!({}))).await.text(), "found");
    // And it is the function that it was.
    assert_eq!((r#move("a".into()), search()), ("a".to_owned(), "found"));
}
