//! Embeddings.
use graph_core::model::ModelError;
use serde_json::{Map, json};

use super::client::OpenAi;
use crate::embedding::{self, embedder};
use crate::http::Call;

/// The most texts in one request.
const BATCH: usize = 2048;

embedder!(OpenAi);

impl OpenAi {
    /// The embeddings of these texts, in their order, by the server's `/embeddings`. More than 2,048 texts are several
    /// requests, one after the other.
    ///
    /// # Errors
    /// The error of the first request that fails; [`ModelError::BadResponse`] if the server returns another number of
    /// embeddings.
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), graph_core::model::ModelError> {
    /// let openai = graph_models::OpenAi::builder().api_key("sk-..").build()?;
    /// let vectors = openai.embed(&["a cat", "a dog"]).await?;
    /// assert_eq!(vectors.len(), 2);
    /// # Ok(()) }
    /// ```
    pub async fn embed<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Vec<Vec<f32>>, ModelError> {
        let mut all = Vec::with_capacity(texts.len());
        for batch in texts.chunks(BATCH) {
            let input: Vec<&str> = batch.iter().map(AsRef::as_ref).collect();
            let mut body = Map::new();
            body.insert("model".into(), self.0.embedding_model.as_str().into());
            body.insert("input".into(), json!(input));
            let reply = self.0.http.json(Call { path: "/embeddings", body, extra: &Map::new() }).await?;
            let mut items: Vec<_> = reply["data"].as_array().into_iter().flatten().collect();
            items.sort_by_key(|item| item["index"].as_u64());
            all.extend(embedding::read(items.into_iter().map(|item| &item["embedding"]), batch.len())?);
        }
        Ok(all)
    }
}
