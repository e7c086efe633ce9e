//! Token usage in Google's form.
use graph_core::message::{InputTokenDetails, OutputTokenDetails, Usage};
use serde_json::Value;

/// Reads a `usageMetadata` object; `None` if a side is unknown. Google leaves out counts that are zero, which the total
/// tells, and counts thoughts beside the reply, [`Usage`] within it.
pub(super) fn read(usage: &Value) -> Option<Usage> {
    let count = |key: &str| usage[key].as_u64();
    let input = count("promptTokenCount")?.saturating_add(count("toolUsePromptTokenCount").unwrap_or_default());
    let total = count("totalTokenCount");
    let thoughts = count("thoughtsTokenCount");
    let output = match (count("candidatesTokenCount"), total) {
        (Some(reply), _) => reply.saturating_add(thoughts.unwrap_or_default()),
        (None, Some(total)) => total.checked_sub(input)?,
        (None, None) => return None,
    };
    let mut read = Usage::new(input, output);
    read.total_tokens = total.unwrap_or(read.total_tokens);
    let cache_read = count("cachedContentTokenCount");
    read.input_token_details = cache_read.map(|_| InputTokenDetails { cache_read, ..InputTokenDetails::default() });
    read.output_token_details =
        thoughts.map(|_| OutputTokenDetails { reasoning: thoughts, ..OutputTokenDetails::default() });
    Some(read)
}
