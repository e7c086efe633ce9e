use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{PartialValue, StructuredMode};
use crate::context::RunContext;
use crate::model::{ChatModelExt as _, ModelError, Prompt, ResponseFormat, ScriptedModel, ToolChoice, Turn};

#[derive(Deserialize, JsonSchema, Debug, PartialEq, Clone)]
struct Person {
    name: String,
    age: Option<u32>,
}

fn ada() -> Person {
    Person { name: "Ada".to_owned(), age: Some(36) }
}

const ADA: &str = r#"{"name": "Ada", "age": 36}"#;

async fn asked(model: &ScriptedModel, mode: StructuredMode) -> Result<Person, ModelError> {
    model.structured().mode(mode).invoke("Who?", &RunContext::detached()).await
}

fn schema(prompt: &Prompt) -> &Value {
    match &prompt.options.response_format {
        Some(ResponseFormat::JsonSchema { schema, .. }) => schema,
        other => panic!("no schema: {other:?}"),
    }
}

#[tokio::test]
async fn the_schema_is_the_format_of_the_text() {
    let model = ScriptedModel::new().reply(ADA);
    assert_eq!(asked(&model, StructuredMode::Auto).await, Ok(ada()));
    let prompt = &model.prompts()[0];
    assert_eq!(schema(prompt)["properties"]["name"]["type"], "string");
    assert!(prompt.tools.is_empty());
}

#[tokio::test]
async fn a_tool_is_called_with_the_answer() {
    let wrong = Turn::new().call("c1", "Person", &json!({"name": 7}));
    let right = Turn::new().call("c2", "Person", &json!({"name": "Ada", "age": 36}));
    let model = ScriptedModel::new().turn(wrong).turn(right);
    assert_eq!(asked(&model, StructuredMode::Tool).await, Ok(ada()));
    let prompts = model.prompts();
    assert_eq!(prompts[0].options.tool_choice, Some(ToolChoice::Tool("Person".to_owned())));
    let answer = prompts[1].messages.last().unwrap();
    assert_eq!((answer.tool_call_id(), answer.text().contains("`name`: invalid type")), ("c1", true));
}

#[tokio::test]
async fn json_is_found_in_a_text_around_it() {
    let model = ScriptedModel::new().reply(&format!("Here {{as asked}}:\n```json\n{ADA}\n```\nThat {{is}} it."));
    assert_eq!(asked(&model, StructuredMode::Prompted).await, Ok(ada()));
    assert!(model.prompts()[0].messages[1].text().contains(r#""type":"object""#));
}

#[tokio::test]
async fn what_is_no_object_is_a_field_of_one() {
    let model = ScriptedModel::new().reply(r#"{"value": ["a", "b"]}"#);
    let list: Vec<String> = model.structured().invoke("Which?", &RunContext::detached()).await.unwrap();
    assert_eq!(list, ["a", "b"]);
    assert_eq!(schema(&model.prompts()[0])["properties"]["value"]["type"], "array");
}

#[tokio::test]
async fn after_all_attempts_the_error_says_what_is_wrong() {
    let model = ScriptedModel::new().reply("no").repeat();
    let error = asked(&model, StructuredMode::Auto).await.unwrap_err();
    let ModelError::UnexpectedOutput { wanted, problem, text } = error else { panic!("{error}") };
    assert_eq!((&*wanted, &*text, model.prompts().len()), ("Person", "no", 3));
    assert!(problem.starts_with("it is no JSON"), "{problem}");
}

#[tokio::test]
async fn what_was_cut_off_or_refused_is_not_asked_again() {
    let model = ScriptedModel::new().turn(Turn::words(r#"{"name": "Ad"#).finish_reason("length")).repeat();
    let error = asked(&model, StructuredMode::Auto).await.unwrap_err();
    assert!(error.to_string().ends_with("the reply was cut off at its maximum length"), "{error}");
    assert_eq!(model.prompts().len(), 1);
    for reason in ["content_filter", "refusal"] {
        let model = ScriptedModel::new().turn(Turn::words("I cannot").finish_reason(reason)).repeat();
        assert!(asked(&model, StructuredMode::Auto).await.is_err());
        assert_eq!(model.prompts().len(), 1, "{reason}");
    }
}

#[tokio::test]
async fn a_model_without_schemas_is_asked_by_a_tool() {
    let model = ScriptedModel::from_fn(|prompt| match prompt.options.response_format {
        Some(_) => Turn::new().error(ModelError::Unsupported { what: "a schema".to_owned() }),
        None => Turn::new().call("c1", "Person", &json!({"name": "Ada", "age": 36})),
    });
    assert_eq!(asked(&model, StructuredMode::Auto).await, Ok(ada()));
    assert!(asked(&model, StructuredMode::Native).await.is_err(), "as it was told");
}

#[tokio::test]
async fn a_value_is_shown_while_it_arrives() {
    let model = ScriptedModel::new().turn(Turn::new().text(r#"{"name": "A"#).text(r#"da", "age": 3"#).text("6}"));
    let cx = RunContext::detached();
    let mut reply = model.structured::<Person>().stream("Who?", &cx).await.unwrap();
    let mut seen = Vec::new();
    while let Some(part) = reply.next().await {
        seen.push(part.unwrap());
    }
    let so_far = |value| PartialValue::SoFar(value);
    assert_eq!(seen[0], so_far(json!({"name": "A"})));
    assert_eq!(seen[1], so_far(json!({"name": "Ada", "age": 3})));
    assert_eq!(seen.last(), Some(&PartialValue::Whole(ada())));
}

#[test]
fn what_is_nested_or_has_braces_grows_with_each_chunk() {
    for (text, expected) in [
        (r#"{"address": {"city": "Paris"}, "name": "Ad"#, json!({"address": {"city": "Paris"}, "name": "Ad"})),
        (r#"{"text": "a } b and more"#, json!({"text": "a } b and more"})),
        ("Here {as asked}: {\"a\": 1", json!({"a": 1})),
        ("```json\n{\"a\": 1}\n```", json!({"a": 1})),
    ] {
        assert_eq!(super::read::object_so_far(text), Some(expected), "{text}");
    }
}
