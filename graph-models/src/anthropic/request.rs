//! The request body.
use crate::schema::{Dialect, lower};
use graph_core::message::{Message, Role, ToolStatus};
use graph_core::model::{ModelError, ModelOptions, Prompt, ResponseFormat, ToolChoice, ToolSpec};
use serde_json::{Map, Value, json};

use super::builder::Options;
use super::content::{self, CACHE_CONTROL, mark_last};
use crate::decimal::decimal;
use crate::history::{remove_message, unsupported};

/// The request body for `prompt`, without its further options.
pub(super) fn body(
    model: &str,
    streaming: bool,
    options: &Options,
    prompt: &Prompt,
) -> Result<Map<String, Value>, ModelError> {
    let (mut system, mut messages) = conversation(&prompt.messages)?;
    let mut tools: Vec<Value> = prompt.tools.iter().map(tool).collect();
    if options.prompt_caching {
        let mark = json!({"type": "ephemeral"});
        // The cache holds tools, system prompt and messages, in this order, each up to a mark.
        match system.last_mut() {
            Some(_) => mark_last(&mut system, &mark),
            None => mark_last_tool(&mut tools, &mark),
        }
        if let Some(Value::Array(blocks)) = messages.last_mut().map(|message| &mut message["content"]) {
            mark_last(blocks, &mark);
        }
    }
    let mut body = Map::new();
    let mut add = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            body.insert(key.to_owned(), value);
        }
    };
    add("model", Some(model.into()));
    add("max_tokens", Some(prompt.options.max_tokens.unwrap_or(options.max_tokens).into()));
    add("stream", Some(streaming.into()));
    add("system", Some(system.into()).filter(|system: &Value| system != &json!([])));
    add("messages", Some(messages.into()));
    let has_tools = !tools.is_empty();
    add("tools", Some(tools.into()).filter(|_| has_tools));
    add("tool_choice", tool_choice(&prompt.options).filter(|_| has_tools));
    add("thinking", options.thinking.map(|budget| json!({"type": "enabled", "budget_tokens": budget})));
    add("temperature", prompt.options.temperature.map(decimal));
    add("top_p", prompt.options.top_p.map(decimal));
    add("stop_sequences", Some(json!(prompt.options.stop)).filter(|_| !prompt.options.stop.is_empty()));
    add("output_config", prompt.options.response_format.as_ref().map(output_config).transpose()?);
    Ok(body)
}

/// The system prompt, and the messages: neighbours of one role are one message, in which results of tools come first.
fn conversation(messages: &[Message]) -> Result<(Vec<Value>, Vec<Value>), ModelError> {
    let mut system = Vec::new();
    let mut turns: Vec<(&str, Vec<Value>)> = Vec::new();
    for message in messages {
        let (role, blocks) = match message.role() {
            Role::System => {
                system.extend(content::blocks(message)?);
                continue;
            }
            Role::User => ("user", content::blocks(message)?),
            Role::Tool => ("user", vec![tool_result(message)?]),
            Role::Assistant => ("assistant", content::assistant(message)),
            _ => return Err(remove_message()),
        };
        match turns.last_mut() {
            Some((last, content)) if *last == role => content.extend(blocks),
            // An empty reply, which the API gives and does not take.
            _ if blocks.is_empty() && role == "assistant" => {}
            _ => turns.push((role, blocks)),
        }
    }
    let messages = turns.into_iter().map(|(role, mut content)| {
        content.sort_by_key(|block| block["type"] != "tool_result" && role == "user");
        json!({"role": role, "content": content})
    });
    Ok((system, messages.collect()))
}

fn tool_result(message: &Message) -> Result<Value, ModelError> {
    let mut content = content::blocks(message)?;
    let mut result = json!({"type": "tool_result", "tool_use_id": message.tool_call_id()});
    // A mark belongs to the result, not into it.
    if let Some(mark) = message.additional_kwargs().get(CACHE_CONTROL) {
        if let Some(Value::Object(last)) = content.last_mut() {
            last.remove(CACHE_CONTROL);
        }
        result[CACHE_CONTROL] = mark.clone();
    }
    if !content.is_empty() {
        result["content"] = content.into();
    }
    if message.status() == ToolStatus::Error {
        result["is_error"] = true.into();
    }
    Ok(result)
}

fn tool(spec: &ToolSpec) -> Value {
    let ToolSpec { name, description, .. } = spec;
    let mut tool = json!({"name": name, "input_schema": lower(&spec.parameters, Dialect::Full)});
    if !description.is_empty() {
        tool["description"] = description.as_str().into();
    }
    tool
}

fn mark_last_tool(tools: &mut [Value], mark: &Value) {
    if let Some(tool) = tools.last_mut() {
        tool[CACHE_CONTROL] = mark.clone();
    }
}

fn tool_choice(options: &ModelOptions) -> Option<Value> {
    let parallel = options.parallel_tool_calls;
    let mut choice = match (&options.tool_choice, parallel) {
        (None, None) => return None,
        (Some(ToolChoice::None), _) => return Some(json!({"type": "none"})),
        (Some(ToolChoice::Required), _) => json!({"type": "any"}),
        (Some(ToolChoice::Tool(name)), _) => json!({"type": "tool", "name": name}),
        _ => json!({"type": "auto"}),
    };
    if let Some(parallel) = parallel {
        choice["disable_parallel_tool_use"] = (!parallel).into();
    }
    Some(choice)
}

fn output_config(format: &ResponseFormat) -> Result<Value, ModelError> {
    match format {
        ResponseFormat::JsonSchema { schema, .. } => {
            let schema = lower(schema, Dialect::Full);
            Ok(json!({"format": {"type": "json_schema", "schema": schema}}))
        }
        _ => Err(unsupported("a JSON format without a schema")),
    }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
