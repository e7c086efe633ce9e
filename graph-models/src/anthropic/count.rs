//! The number of tokens in a prompt.
use graph_core::model::{ModelError, Prompt};
use serde_json::Map;

use super::client::{Anthropic, Inner};
use super::request;
use crate::http::Call;

impl Anthropic {
    /// The number of tokens that the provider counts in a prompt, with its tools.
    ///
    /// # Errors
    /// As for a reply; [`ModelError::BadResponse`] if the response has no count.
    pub async fn count_tokens(&self, prompt: &Prompt) -> Result<u64, ModelError> {
        let Inner { http, options } = &*self.0;
        let mut body = request::body(&http.model, false, options, prompt)?;
        // What does not belong to the prompt is refused.
        let counted = ["model", "messages", "system", "tools", "tool_choice", "thinking"];
        body.retain(|key, _| counted.contains(&key.as_str()));
        let reply = http.json(Call { path: "/v1/messages/count_tokens", body, extra: &Map::new() }).await?;
        reply["input_tokens"].as_u64().ok_or_else(|| ModelError::BadResponse {
            problem: "expected a count of tokens, found no `input_tokens`".to_owned(),
        })
    }
}
