//! Tool calls in one form for all servers.
use graph_core::message::{ToolCallAssembler, ToolCallChunk};
use serde_json::Value;

/// Rewrites the fragments of a reply to OpenAI's form: numbered in order, with id and name in the first one only.
#[derive(Default)]
pub(crate) struct Calls {
    calls: ToolCallAssembler,
    /// For each call, whether its name has been emitted.
    named: Vec<bool>,
}

impl Calls {
    /// The next fragment; `None` if it adds nothing to its call.
    pub(crate) fn push(&mut self, fragment: ToolCallChunk) -> Option<ToolCallChunk> {
        let position = self.calls.push(&fragment);
        let call = &self.calls.calls()[position];
        let first = position == self.named.len();
        if first {
            self.named.push(false);
        }
        let now_named = !self.named[position] && !call.name().is_empty();
        self.named[position] |= now_named;
        if !first && !now_named && fragment.args.as_deref().is_none_or(str::is_empty) {
            return None;
        }
        Some(ToolCallChunk {
            name: now_named.then(|| call.name().to_owned()),
            args: fragment.args,
            id: first.then(|| call.id().to_owned()),
            index: Some(position),
        })
    }
}

/// The arguments of a call as text; some servers send the object itself.
pub(crate) fn arguments(value: Option<Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text,
        Some(object) => object.to_string(),
    }
}
