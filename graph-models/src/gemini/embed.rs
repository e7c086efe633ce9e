//! Embeddings.
use graph_core::model::ModelError;
use serde_json::{Map, Value, json};

use super::client::{Gemini, Inner, resource};
use crate::embedding::{self, embedder};
use crate::http::Call;

/// The most texts in one request.
const BATCH: usize = 100;

embedder!(Gemini);

impl Gemini {
    /// The embeddings of these texts, in their order. More than 100 texts are several requests, one after the other.
    ///
    /// # Errors
    /// The error of the first request that fails; [`ModelError::BadResponse`] if the server returns another number of
    /// embeddings.
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), graph_core::model::ModelError> {
    /// let gemini = graph_models::Gemini::new("..")?;
    /// let vectors = gemini.embed(&["a cat", "a dog"]).await?;
    /// # Ok(()) }
    /// ```
    pub async fn embed<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Vec<Vec<f32>>, ModelError> {
        let Inner { http, embedding_model, .. } = &*self.0;
        let model = resource(embedding_model);
        let path = format!("/{model}:batchEmbedContents");
        let mut all = Vec::with_capacity(texts.len());
        for batch in texts.chunks(BATCH) {
            let request = |text: &S| json!({"model": model, "content": {"parts": [{"text": text.as_ref()}]}});
            let requests: Vec<Value> = batch.iter().map(request).collect();
            let body = Map::from_iter([("requests".to_owned(), requests.into())]);
            let reply = http.json(Call { path: &path, body, extra: &Map::new() }).await?;
            let values = reply["embeddings"].as_array().into_iter().flatten().map(|embedding| &embedding["values"]);
            all.extend(embedding::read(values, batch.len())?);
        }
        Ok(all)
    }
}
