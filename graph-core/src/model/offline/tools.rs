//! Tool calls: the next ones to make, and the report of their results.
use serde_json::{Map, Value};

use super::super::options::ToolChoice;
use super::super::prompt::Prompt;
use super::super::tool_spec::ToolSpec;
use super::plan::{PlannedCall, Step, steps};
use super::request::Request;
use super::schema::{self, Source};
use super::words::numbers;
use crate::message::{Message, ToolStatus};

/// The next calls; none if the request names no tool, or all of them have been called.
pub(super) fn next_calls(prompt: &Prompt, request: &Request) -> Vec<PlannedCall> {
    let forced = match &prompt.options.tool_choice {
        Some(ToolChoice::Tool(name)) => prompt.tools.iter().find(|tool| tool.name == *name),
        Some(ToolChoice::Required) => prompt.tools.first(),
        _ => None,
    };
    let only = matches!(prompt.options.tool_choice, Some(ToolChoice::Tool(_)));
    let done = request.calls.len();
    let mut calls: Vec<PlannedCall> = Vec::new();
    for step in steps(&request.text, &prompt.tools).into_iter().skip(done) {
        let waits = step.refers_back() && (!calls.is_empty() || request.results.len() < done);
        if waits || (only && forced.is_none_or(|tool| tool.name != step.tool.name)) {
            break;
        }
        let Some(args) = arguments(&step, request) else { break };
        calls.push(planned(step.tool, args, done + calls.len()));
    }
    if calls.is_empty()
        && let Some(tool) = forced
    {
        let mut source = Source::new(&request.text);
        calls.push(planned(tool, schema::fill_from(&tool.parameters, &mut source), done));
    }
    calls
}

fn planned(tool: &ToolSpec, args: Value, position: usize) -> PlannedCall {
    // Random: two conversations, or two turns of one, must not share an id.
    PlannedCall { id: format!("call_{position}_{}", uuid::Uuid::new_v4().simple()), name: tool.name.clone(), args }
}

/// The arguments of a step; `None` if a required number is missing.
fn arguments(step: &Step<'_>, request: &Request) -> Option<Value> {
    let mut source = Source::new(&step.text);
    if step.refers_back()
        && let Some(last) = request.results.last()
    {
        source.put_first(&numbers(&last.text()));
    }
    let schema = &step.tool.parameters;
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut args = Map::new();
    for (name, property) in ordered(schema, &required) {
        let is_required = required.contains(&name);
        if is_required || source.has(name, property) {
            if is_required
                && schema::wants_number(property)
                && !source.has_number()
                && property.get("default").is_none()
            {
                return None;
            }
            args.insert(name.to_owned(), source.value(name, property, schema));
        }
    }
    Some(args.into())
}

/// The properties, required ones first and in the order of `required`: numbers are assigned in that order.
fn ordered<'a>(schema: &'a Value, required: &[&'a str]) -> Vec<(&'a str, &'a Value)> {
    let Some(properties) = schema["properties"].as_object() else { return Vec::new() };
    let first = required.iter().filter_map(|name| Some((*name, properties.get(*name)?)));
    let rest =
        properties.iter().map(|(name, value)| (name.as_str(), value)).filter(|(name, _)| !required.contains(name));
    first.chain(rest).collect()
}

/// The report of the latest results.
pub(super) fn report(request: &Request) -> Option<String> {
    let fresh = &request.results[request.results.len() - request.fresh_results..];
    let said = |message: &Message| {
        let call = request.calls.iter().find(|call| call.id == message.tool_call_id());
        let name = message.name().map(str::to_owned).or_else(|| call.map(|call| call.name.clone()));
        let name = name.unwrap_or_else(|| "the tool".to_owned());
        match message.status() {
            ToolStatus::Success => format!("{name} gave {}", message.text_str().trim()),
            ToolStatus::Error => format!("{name} failed: {}", message.text_str().trim()),
        }
    };
    match fresh {
        [] => None,
        [one] if one.status() == ToolStatus::Success => {
            Some(format!("The result is {}.", one.text_str().trim().trim_end_matches('.')))
        }
        several => Some(format!("{}.", several.iter().map(said).collect::<Vec<_>>().join("; "))),
    }
}
