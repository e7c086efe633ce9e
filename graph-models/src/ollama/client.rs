//! The client.
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use graph_core::model::{ChatModel, ChunkStream, ModelError, Prompt};

use super::builder::{OllamaBuilder, RequestOptions};
use super::decode::Decoder;
use super::request;
use crate::http::{Call, Framing, Http};

/// A chat model of an Ollama server. Cheap to clone; clones share their connections.
///
/// ```no_run
/// use graph_core::model::ChatModel;
/// use graph_models::Ollama;
///
/// # async fn run() -> Result<(), graph_core::model::ModelError> {
/// let model = Ollama::builder().model("llama3.2").build()?;
/// println!("{}", model.complete("Write one sentence about cats.".into()).await?);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Ollama(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) http: Http,
    pub(super) embedding_model: String,
    pub(super) request: RequestOptions,
}

impl Ollama {
    /// A client of the local server, for this model.
    ///
    /// # Errors
    /// [`ModelError::Config`] if the HTTP client cannot be built.
    pub fn new(model: impl Into<String>) -> Result<Self, ModelError> {
        Ollama::builder().model(model).build()
    }

    /// The builder of a client.
    pub fn builder() -> OllamaBuilder {
        OllamaBuilder::default()
    }
}

impl fmt::Debug for Ollama {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.http.debug("Ollama", f)
    }
}

#[async_trait]
impl ChatModel for Ollama {
    fn provider(&self) -> &'static str {
        "ollama"
    }

    fn model(&self) -> &str {
        &self.0.http.model
    }

    fn name(&self) -> &'static str {
        "Ollama"
    }

    async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError> {
        let Inner { http, request, .. } = &*self.0;
        let body = request::body(&http.model, http.streaming, request, &prompt)?;
        let call = Call { path: "/api/chat", body, extra: &prompt.options.extra };
        http.stream(call, Framing::Lines, Decoder::default).await
    }
}
