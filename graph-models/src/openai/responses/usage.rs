//! Token usage in the form of Responses.
use graph_core::message::{InputTokenDetails, OutputTokenDetails, Usage};
use serde_json::Value;

/// Reads a `usage` object; `None` if a count is missing: unknown is not zero.
pub(super) fn read(usage: &Value) -> Option<Usage> {
    let count = |path: &str| usage.pointer(path).and_then(Value::as_u64);
    let mut read = Usage::new(count("/input_tokens")?, count("/output_tokens")?);
    read.total_tokens = count("/total_tokens").unwrap_or(read.total_tokens);
    let cache_read = count("/input_tokens_details/cached_tokens");
    read.input_token_details = cache_read.map(|_| InputTokenDetails { cache_read, ..InputTokenDetails::default() });
    let reasoning = count("/output_tokens_details/reasoning_tokens");
    read.output_token_details = reasoning.map(|_| OutputTokenDetails { reasoning, ..OutputTokenDetails::default() });
    Some(read)
}
