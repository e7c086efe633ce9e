//! The value in a model's reply.

use serde_json::Value;

use super::StructuredMode;
use super::output::{Form, StructuredOutput};
use crate::erased::read;
use crate::message::{Message, parse_partial_json};

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
    match reply.response_metadata().get("finish_reason").and_then(Value::as_str) {
        Some("length") => return Err(Problem::Final("the reply was cut off at its maximum length".to_owned())),
        Some("content_filter") => {
            return Err(Problem::Final("the provider's content filter stopped the reply".to_owned()));
        }
        Some("refusal") => return Err(Problem::Final("the model refused".to_owned())),
        _ => {}
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
    object_in(&text).ok_or_else(|| match serde_json::from_str::<Value>(&text) {
        Err(error) => format!("it is no JSON: {error}"),
        Ok(_) => "it is no JSON object".to_owned(),
    })
}

/// The first JSON object of a text with more than that: in a code fence, or behind an introduction.
fn object_in(text: &str) -> Option<Value> {
    let begun = |at: &usize| whole_at(&text[*at..]).or_else(|| parse_partial_json(&text[*at..])).is_some();
    let at = text.match_indices('{').map(|(at, _)| at).find(begun)?;
    whole_at(&text[at..])
}

/// What there is of it while the text arrives.
pub(super) fn object_so_far(text: &str) -> Option<Value> {
    let from = |at: usize| whole_at(&text[at..]).or_else(|| parse_partial_json(&text[at..]));
    text.match_indices('{').find_map(|(at, _)| from(at))
}

/// The value that a text begins with.
fn whole_at(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter().next()?.ok()
}
