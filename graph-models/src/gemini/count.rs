//! The number of tokens in a prompt.
use graph_core::model::{ModelError, Prompt};
use serde_json::Map;

use super::client::{Gemini, Inner, resource};
use super::request;
use crate::http::Call;

impl Gemini {
    /// The number of tokens that the provider counts in a prompt, with its tools.
    ///
    /// # Errors
    /// As for a reply; [`ModelError::BadResponse`] if the response has no count.
    pub async fn count_tokens(&self, prompt: &Prompt) -> Result<u64, ModelError> {
        let Inner { http, generation_config, .. } = &*self.0;
        let model = resource(&http.model);
        let mut counted = request::body(generation_config, prompt)?;
        counted.insert("model".to_owned(), model.as_str().into());
        let body = Map::from_iter([("generateContentRequest".to_owned(), counted.into())]);
        let reply = http.json(Call { path: &format!("/{model}:countTokens"), body, extra: &Map::new() }).await?;
        reply["totalTokens"].as_u64().ok_or_else(|| ModelError::BadResponse {
            problem: "expected a count of tokens, found no `totalTokens`".to_owned(),
        })
    }
}
