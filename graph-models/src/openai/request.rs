//! The request body.
use graph_core::message::{ContentBlock, Message, Role};
use graph_core::model::{ModelError, ModelOptions, Prompt, ResponseFormat, ToolChoice, ToolSpec};
use serde_json::{Map, Value, json};

use super::content::content;
use super::quirks::{MaxTokensField, Quirks};
use crate::decimal::decimal;
use crate::history::remove_message;
use crate::schema;

/// The request body for `prompt`, without its further options.
pub(super) fn body(
    model: &str,
    streaming: bool,
    quirks: &Quirks,
    prompt: &Prompt,
) -> Result<Map<String, Value>, ModelError> {
    let messages = prompt.messages.iter().map(|m| message(m, quirks)).collect::<Result<Vec<_>, _>>()?;
    let mut body = Map::new();
    body.insert("model".into(), model.into());
    body.insert("messages".into(), messages.into());
    body.insert("stream".into(), streaming.into());
    if streaming && quirks.stream_options {
        body.insert("stream_options".into(), json!({"include_usage": true}));
    }
    if !prompt.tools.is_empty() {
        let tools = prompt.tools.iter().map(|spec| tool(spec, quirks)).collect::<Result<_, _>>()?;
        body.insert("tools".into(), tools);
    }
    add_options(&mut body, &prompt.options, quirks, !prompt.tools.is_empty());
    Ok(body)
}

fn add_options(body: &mut Map<String, Value>, options: &ModelOptions, quirks: &Quirks, has_tools: bool) {
    let mut add = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            body.insert(key.to_owned(), value);
        }
    };
    add("temperature", options.temperature.map(decimal));
    add("top_p", options.top_p.map(decimal));
    let max_tokens = match quirks.max_tokens_field {
        MaxTokensField::MaxTokens => "max_tokens",
        MaxTokensField::MaxCompletionTokens => "max_completion_tokens",
    };
    add(max_tokens, options.max_tokens.map(Value::from));
    add("stop", Some(options.stop.clone().into()).filter(|_| !options.stop.is_empty()));
    add(&quirks.seed_field, options.seed.map(Value::from));
    add("response_format", options.response_format.as_ref().map(response_format));
    // Without tools these two fields are an error.
    add("tool_choice", options.tool_choice.as_ref().filter(|_| has_tools).map(|choice| tool_choice(choice, quirks)));
    add("parallel_tool_calls", options.parallel_tool_calls.filter(|_| has_tools).map(Value::from));
}

fn tool(spec: &ToolSpec, quirks: &Quirks) -> Result<Value, ModelError> {
    let ToolSpec { name, description, .. } = spec;
    let (parameters, is_strict) = schema::of_openai(spec, quirks.strict_tools)?;
    let mut function = json!({"name": name, "parameters": parameters});
    if is_strict {
        function["strict"] = true.into();
    }
    if !description.is_empty() {
        function["description"] = description.as_str().into();
    }
    Ok(json!({"type": "function", "function": function}))
}

fn tool_choice(choice: &ToolChoice, quirks: &Quirks) -> Value {
    match choice {
        ToolChoice::None => "none".into(),
        ToolChoice::Required => quirks.required_tool_choice.as_ref().into(),
        ToolChoice::Tool(name) => json!({"type": "function", "function": {"name": name}}),
        _ => "auto".into(),
    }
}

fn response_format(format: &ResponseFormat) -> Value {
    match format {
        ResponseFormat::JsonSchema { name, schema, strict } => {
            let (schema, strict) = schema::of_format(schema, *strict);
            json!({"type": "json_schema", "json_schema": {"name": name, "strict": strict, "schema": schema}})
        }
        _ => json!({"type": "json_object"}),
    }
}

fn message(message: &Message, quirks: &Quirks) -> Result<Value, ModelError> {
    let role = match message.role() {
        Role::System => message.additional_kwargs().get("__openai_role__").and_then(Value::as_str).unwrap_or("system"),
        Role::Remove => return Err(remove_message()),
        role => role.as_str(),
    };
    let mut json = json!({"role": role, "content": content(message)?});
    if let Some(name) = message.name() {
        json["name"] = name.into();
    }
    match message.role() {
        Role::Tool => json["tool_call_id"] = message.tool_call_id().into(),
        Role::Assistant => assistant(&mut json, message, quirks),
        _ => {}
    }
    Ok(json)
}

/// The fields of assistant messages.
fn assistant(json: &mut Value, message: &Message, quirks: &Quirks) {
    let call = |id: &str, name: &str, arguments: String| json!({"id": id, "type": "function", "function": {"name": name, "arguments": arguments}});
    let valid = message.tool_calls().iter().map(|c| call(&c.id, &c.name, c.args.to_string()));
    // Sent as the model wrote them: the tool message that answers such a call needs it.
    let invalid = message.invalid_tool_calls().iter().map(|c| call(&c.id, &c.name, c.args.clone()));
    let calls: Vec<Value> = valid.chain(invalid).collect();
    if let Some(details) =
        message.additional_kwargs().get("reasoning_details").filter(|_| quirks.echo_reasoning_details)
    {
        json["reasoning_details"] = details.clone();
    }
    if calls.is_empty() {
        return;
    }
    json["tool_calls"] = calls.into();
    if json["content"] == "" {
        json["content"] = Value::Null;
    }
    if quirks.echo_reasoning {
        let reasoning = message.blocks().iter().filter_map(|block| match block {
            ContentBlock::Reasoning(block) => Some(block.reasoning.as_str()),
            _ => None,
        });
        json["reasoning_content"] = reasoning.collect::<String>().into();
    }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
