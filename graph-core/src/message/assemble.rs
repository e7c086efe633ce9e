//! Assembles tool calls from streamed fragments.
use std::sync::Arc;

use serde_json::{Map, Value};

use super::build::random_id;
use super::partial_json::parse_partial_json;
use super::tool_call::{InvalidToolCall, ToolCall};
use super::tool_call_chunk::ToolCallChunk;

/// Assembles fragments into tool calls.
///
/// OpenAI's rule: `index` identifies the call, and id and name come once. Deviations of compatible servers are
/// understood too: a missing or constant index with a new id for each call, an id or name repeated in every fragment,
/// no id at all (one is generated and kept), arguments in one piece.
///
/// ```
/// use graph_core::message::{ToolCallAssembler, ToolCallChunk};
/// use serde_json::json;
///
/// let mut calls = ToolCallAssembler::default();
/// calls.push(&ToolCallChunk::new(0).with_id("call_1").with_name("multiply").with_args(""));
/// assert_eq!(calls.partial()[0].args, json!({}));
/// calls.push(&ToolCallChunk::new(0).with_args(r#"{"a": 2,"#));
/// assert_eq!(calls.partial()[0].args, json!({"a": 2}));
/// calls.push(&ToolCallChunk::new(0).with_args(r#" "b": 3}"#));
/// let (calls, invalid) = calls.finish();
/// assert_eq!((calls[0].args.clone(), invalid.len()), (json!({"a": 2, "b": 3}), 0));
/// ```
#[derive(Clone, Debug, Default)]
pub struct ToolCallAssembler {
    calls: Vec<AssembledCall>,
}

/// A tool call as far as it has arrived.
#[derive(Clone, Debug)]
pub struct AssembledCall {
    /// The provider's index.
    index: Option<usize>,
    id: Arc<str>,
    /// Whether the id came from the provider.
    given_id: bool,
    name: String,
    args: String,
}

impl AssembledCall {
    /// The provider's id, or the generated one.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of the tool; empty until it arrives.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The arguments so far, as the model wrote them.
    pub fn args(&self) -> &str {
        &self.args
    }

    /// Whether the arguments are complete JSON, so that another call may begin.
    fn is_complete(&self) -> bool {
        !self.args.trim().is_empty() && serde_json::from_str::<serde::de::IgnoredAny>(&self.args).is_ok()
    }

    /// Whether a fragment without an id continues this call.
    fn continues_with(&self, fragment: &ToolCallChunk) -> bool {
        match fragment.name.as_deref() {
            None | Some("") => true,
            Some(name) if self.name.is_empty() || name == self.name => !self.is_complete(),
            Some(_) => false,
        }
    }
}

impl ToolCallAssembler {
    /// The calls so far, in the order in which they began.
    pub fn calls(&self) -> &[AssembledCall] {
        &self.calls
    }

    /// Adds a fragment and returns the position of its call in [`calls`](Self::calls).
    pub fn push(&mut self, fragment: &ToolCallChunk) -> usize {
        let id = fragment.id.as_deref().filter(|id| !id.is_empty());
        let position = match self.find(fragment, id) {
            Some(position) => position,
            None => {
                let id = id.map_or_else(random_id, Arc::from);
                let call = AssembledCall {
                    index: fragment.index,
                    id,
                    given_id: fragment.id.as_deref().is_some_and(|id| !id.is_empty()),
                    name: String::new(),
                    args: String::new(),
                };
                self.calls.push(call);
                self.calls.len() - 1
            }
        };
        let call = &mut self.calls[position];
        if call.name.is_empty() {
            call.name.push_str(fragment.name.as_deref().unwrap_or_default());
        }
        call.args.push_str(fragment.args.as_deref().unwrap_or_default());
        position
    }

    /// The call that a fragment continues; `None` begins a new one.
    fn find(&self, fragment: &ToolCallChunk, id: Option<&str>) -> Option<usize> {
        let same_index = |call: &AssembledCall| fragment.index.is_none() || call.index == fragment.index;
        match id {
            Some(id) => self.calls.iter().rposition(|call| call.given_id && &*call.id == id && same_index(call)),
            None => {
                let position = self.calls.iter().rposition(same_index)?;
                self.calls[position].continues_with(fragment).then_some(position)
            }
        }
    }

    /// The calls with the arguments parsed so far; `{}` where there are none yet.
    pub fn partial(&self) -> Vec<ToolCall> {
        let args = |call: &AssembledCall| match parse_partial_json(&call.args) {
            Some(args @ Value::Object(_)) => args,
            _ => Value::Object(Map::new()),
        };
        self.calls.iter().map(|call| ToolCall::new(&*call.id, &call.name, args(call))).collect()
    }

    /// The finished calls, and those whose arguments are not a JSON object.
    pub fn finish(self) -> (Vec<ToolCall>, Vec<InvalidToolCall>) {
        let (mut calls, mut invalid) = (Vec::new(), Vec::new());
        for call in self.calls {
            let id = call.id.to_string();
            match read_arguments(&call.args) {
                Ok(args) => calls.push(ToolCall { name: call.name, args, id }),
                Err(error) => {
                    invalid.push(InvalidToolCall { name: call.name, args: call.args, id, error: Some(error) });
                }
            }
        }
        (calls, invalid)
    }
}

/// Parses complete arguments. An empty text and `null`, which servers send for tools without parameters, are `{}`.
pub(super) fn read_arguments(text: &str) -> Result<Value, String> {
    if text.trim().is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    match serde_json::from_str(text) {
        Ok(args @ Value::Object(_)) => Ok(args),
        Ok(Value::Null) => Ok(Value::Object(Map::new())),
        Ok(other) => Err(format!("arguments are not a JSON object: `{other}`")),
        Err(error) => Err(format!("arguments are not JSON: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn assemble(fragments: &[ToolCallChunk]) -> (Vec<ToolCall>, Vec<InvalidToolCall>) {
        let mut calls = ToolCallAssembler::default();
        for fragment in fragments {
            calls.push(fragment);
        }
        calls.finish()
    }

    fn two_calls(calls: &[ToolCall]) {
        let names: Vec<_> = calls.iter().map(|call| (call.name.as_str(), call.args.clone())).collect();
        assert_eq!(names, [("f", json!({"x": 1})), ("g", json!({"y": 2}))]);
        assert!(!calls[0].id.is_empty() && calls[0].id != calls[1].id);
    }

    fn piece(index: Option<usize>, id: &str, name: &str, args: &str) -> ToolCallChunk {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        ToolCallChunk { index, id: some(id), name: some(name), args: some(args) }
    }

    #[test]
    fn fragments_of_parallel_calls_may_interleave() {
        let (calls, _) = assemble(&[
            piece(Some(0), "a", "f", ""),
            piece(Some(1), "b", "g", "{\"y\""),
            piece(Some(0), "", "", "{\"x\":1}"),
            piece(Some(1), "", "", ":2}"),
        ]);
        two_calls(&calls);
        assert_eq!((calls[0].id.as_str(), calls[1].id.as_str()), ("a", "b"));
    }

    #[test]
    fn a_new_id_begins_a_call_when_the_index_is_missing_or_constant() {
        for index in [None, Some(0)] {
            let (calls, _) = assemble(&[
                piece(index, "a", "f", "{\"x\":"),
                piece(index, "", "", "1}"),
                piece(index, "b", "g", "{\"y\":2}"),
            ]);
            two_calls(&calls);
        }
    }

    #[test]
    fn repeated_ids_and_names_are_not_appended() {
        let (calls, _) = assemble(&[
            piece(Some(0), "a", "f", "{\"x\":"),
            piece(Some(0), "a", "f", "1}"),
            piece(None, "b", "g", "{\"y\":"),
            piece(None, "b", "g", "2}"),
        ]);
        two_calls(&calls);
    }

    #[test]
    fn without_any_id_or_index_a_name_after_complete_arguments_begins_a_call() {
        let (calls, _) = assemble(&[piece(None, "", "f", "{\"x\":1}"), piece(None, "", "g", "{\"y\":2}")]);
        two_calls(&calls);
        let (calls, _) = assemble(&[piece(Some(0), "", "f", "{}"), piece(Some(0), "", "f", "{}")]);
        assert_eq!(calls.len(), 2);
        assert_ne!(calls[0].id, calls[1].id);
    }

    #[test]
    fn a_generated_id_is_kept() {
        let mut calls = ToolCallAssembler::default();
        calls.push(&piece(Some(0), "", "f", "{"));
        let id = calls.calls()[0].id().to_owned();
        calls.push(&piece(Some(0), "", "", "}"));
        assert_eq!(calls.partial()[0].id, id);
        assert_eq!(calls.finish().0[0].id, id);
    }

    #[test]
    fn arguments_other_than_an_object_are_invalid_and_missing_ones_are_empty() {
        for text in ["{\"x\": 1", "[1]", "3", "{'x': 1}"] {
            let (calls, invalid) = assemble(&[piece(Some(0), "a", "f", text)]);
            assert!(calls.is_empty());
            assert_eq!((invalid[0].args.as_str(), invalid[0].name.as_str()), (text, "f"));
            assert!(invalid[0].error.as_deref().is_some_and(|error| error.starts_with("arguments are not")));
        }
        for text in ["", "{}", "null", " "] {
            assert_eq!(assemble(&[piece(Some(0), "a", "f", text)]).0[0].args, json!({}));
        }
    }
}
