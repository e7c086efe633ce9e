//! The calls that a stream has begun.
use std::collections::HashSet;

/// The calls in the order of their beginning. llama.cpp gives no index, and pieces may name a call by its item or by the
/// call.
#[derive(Default)]
pub(super) struct OpenCalls {
    calls: Vec<OpenCall>,
}

struct OpenCall {
    names: HashSet<String>,
    index: Option<u64>,
    /// Whether a piece of its arguments has arrived.
    has_args: bool,
}

impl OpenCalls {
    /// Begins a call, and returns its number.
    pub(super) fn begin(&mut self, id: &str, call_id: &str, index: Option<u64>) -> usize {
        let names = [id, call_id].into_iter().map(stem).filter(|name| !name.is_empty()).map(ToOwned::to_owned);
        self.calls.push(OpenCall { names: names.collect(), index, has_args: false });
        self.calls.len() - 1
    }

    /// The number of the call of this item.
    pub(super) fn find(&self, id: &str, call_id: &str, index: Option<u64>) -> Option<usize> {
        let named = |call: &OpenCall| call.names.contains(stem(id)) || call.names.contains(stem(call_id));
        let at = |call: &OpenCall| index.is_some() && call.index == index;
        self.calls.iter().position(named).or_else(|| self.calls.iter().position(at))
    }

    /// Records that arguments of a call have arrived; whether they are the first.
    pub(super) fn has_args(&mut self, number: usize) -> bool {
        !std::mem::replace(&mut self.calls[number].has_args, true)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }
}

/// The id without what says of which kind it is: llama.cpp's `fc_1` and `call_1` are one call.
fn stem(id: &str) -> &str {
    id.strip_prefix("fc_").or_else(|| id.strip_prefix("call_")).unwrap_or(id)
}
