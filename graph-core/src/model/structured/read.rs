//! The value in a model's reply.

use serde_json::Value;

use super::StructuredMode;
use super::output::{Form, StructuredOutput};
use crate::erased::read;
use crate::message::Message;

/// Why a reply has no value.
pub(super) enum Problem {
    /// It is not what was asked for; another attempt may be.
    Misfit(String),
    /// Another attempt would be no better.
    Final(String),
}

/// The value of a complete reply.
pub(super) fn value<T: StructuredOutput>(reply: &Message, form: &Form, mode: StructuredMode) -> Result<T, Problem> {
    if let Some(refusal) = reply.additional_kwargs().get("refusal").and_then(Value::as_str) {
        return Err(Problem::Final(format!("the model refused: {refusal}")));
    }
    if reply.response_metadata().get("finish_reason").is_some_and(|reason| reason == "length") {
        return Err(Problem::Final("the reply was cut off at its maximum length".to_owned()));
    }
    let json = json(reply, form, mode).map_err(Problem::Misfit)?;
    read(form.unwrap(json)).map_err(|misfit| Problem::Misfit(misfit.to_string()))
}

fn json(reply: &Message, form: &Form, mode: StructuredMode) -> Result<Value, String> {
    if mode == StructuredMode::Tool {
        if let Some(call) = reply.tool_calls().iter().find(|call| call.name == form.name) {
            return Ok(call.args.clone());
        }
        if let Some(call) = reply.invalid_tool_calls().first() {
            return Err(format!("the arguments of `{}` are no JSON", call.name));
        }
        return Err(format!("the tool `{}` was not called", form.name));
    }
    let text = reply.text();
    serde_json::from_str(object_in(&text)).map_err(|error| format!("it is no JSON: {error}"))
}

/// The JSON object of a text with more than that: in a code fence, or behind an introduction.
pub(super) fn object_in(text: &str) -> &str {
    let text = text.trim();
    if text.starts_with('{') && text.ends_with('}') {
        return text;
    }
    match (text.find('{'), text.rfind('}')) {
        (Some(begin), Some(end)) if begin < end => &text[begin..=end],
        (Some(begin), _) => &text[begin..],
        _ => text,
    }
}
