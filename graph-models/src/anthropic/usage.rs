//! Token usage in Anthropic's form.
use graph_core::message::{InputTokenDetails, Usage};
use serde_json::Value;

/// The counts of a reply so far; a later count of a kind replaces the earlier one.
#[derive(Default)]
pub(super) struct Counts {
    input: Option<u64>,
    output: Option<u64>,
    cache_read: Option<u64>,
    cache_creation: Option<u64>,
}

impl Counts {
    /// Adds the counts of a `usage` object.
    pub(super) fn read(&mut self, usage: &Value) {
        for (key, count) in [
            ("input_tokens", &mut self.input),
            ("output_tokens", &mut self.output),
            ("cache_read_input_tokens", &mut self.cache_read),
            ("cache_creation_input_tokens", &mut self.cache_creation),
        ] {
            *count = usage[key].as_u64().or(*count);
        }
    }

    /// The usage, if both sides are known. Anthropic counts cached tokens beside the others, [`Usage`] among them.
    pub(super) fn usage(&self) -> Option<Usage> {
        let cached = self.cache_read.unwrap_or_default().saturating_add(self.cache_creation.unwrap_or_default());
        let mut usage = Usage::new(self.input?.saturating_add(cached), self.output?);
        let details =
            InputTokenDetails { cache_read: self.cache_read, cache_creation: self.cache_creation, audio: None };
        usage.input_token_details = Some(details).filter(|details| *details != InputTokenDetails::default());
        Some(usage)
    }
}
