//! Token usage in OpenAI's form.
use graph_core::message::{InputTokenDetails, OutputTokenDetails, Usage};
use serde_json::Value;

/// Reads a `usage` object; `None` if a count is missing.
pub(super) fn read(usage: &Value) -> Option<Usage> {
    let count = |path: &str| usage.pointer(path).and_then(Value::as_u64);
    // Unknown is not zero: half a usage is none.
    let mut read = Usage::new(count("/prompt_tokens")?, count("/completion_tokens")?);
    read.total_tokens = count("/total_tokens").unwrap_or(read.total_tokens);
    let input_details = InputTokenDetails {
        // DeepSeek has its own key.
        cache_read: count("/prompt_tokens_details/cached_tokens").or_else(|| count("/prompt_cache_hit_tokens")),
        cache_creation: None,
        audio: count("/prompt_tokens_details/audio_tokens"),
    };
    let output_details = OutputTokenDetails {
        reasoning: count("/completion_tokens_details/reasoning_tokens"),
        audio: count("/completion_tokens_details/audio_tokens"),
    };
    read.input_token_details = Some(input_details).filter(|details| *details != InputTokenDetails::default());
    read.output_token_details = Some(output_details).filter(|details| *details != OutputTokenDetails::default());
    Some(read)
}
