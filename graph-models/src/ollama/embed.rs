//! Embeddings.
use graph_core::model::ModelError;
use serde_json::{Map, json};

use super::client::Ollama;
use crate::embedding::{self, embedder};
use crate::http::Call;

embedder!(Ollama);

impl Ollama {
    /// The embeddings of these texts, in their order, by `/api/embed`.
    ///
    /// # Errors
    /// The error of the request; [`ModelError::BadResponse`] if the server returns another number of embeddings.
    ///
    /// ```no_run
    /// # async fn run() -> Result<(), graph_core::model::ModelError> {
    /// let ollama = graph_models::Ollama::builder().embedding_model("nomic-embed-text").build()?;
    /// let vectors = ollama.embed(&["a cat", "a dog"]).await?;
    /// # Ok(()) }
    /// ```
    pub async fn embed<S: AsRef<str> + Sync>(&self, texts: &[S]) -> Result<Vec<Vec<f32>>, ModelError> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let input: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
        let mut body = Map::new();
        body.insert("model".into(), self.0.embedding_model.as_str().into());
        body.insert("input".into(), json!(input));
        if let Some(keep_alive) = &self.0.request.keep_alive {
            body.insert("keep_alive".into(), keep_alive.clone());
        }
        let reply = self.0.http.json(Call { path: "/api/embed", body, extra: &Map::new() }).await?;
        embedding::read(reply["embeddings"].as_array().into_iter().flatten(), texts.len())
    }
}
