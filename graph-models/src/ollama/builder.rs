//! The settings of a client.
use std::sync::Arc;

use graph_core::model::ModelError;
use secrecy::SecretString;
use serde_json::{Map, Value};

use super::client::{Inner, Ollama};
use crate::http::{Auth, Http, Settings, settings_methods};

/// The base URL of a local server.
pub const DEFAULT_BASE_URL: &str = "http://127.0.0.1:11434";

/// The default model.
pub const DEFAULT_MODEL: &str = "llama3.2";

/// The default model of embeddings.
pub const DEFAULT_EMBEDDING_MODEL: &str = "nomic-embed-text";

/// The settings of an [`Ollama`] client.
///
/// ```
/// use graph_models::Ollama;
///
/// let model = Ollama::builder().model("llama3.2").option("num_gpu", 0).keep_alive("10m").build()?;
/// # Ok::<(), graph_core::model::ModelError>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct OllamaBuilder {
    settings: Settings,
    embedding_model: String,
    request: RequestOptions,
}

/// What every request has.
#[derive(Clone, Default)]
pub(super) struct RequestOptions {
    pub(super) options: Map<String, Value>,
    pub(super) think: Option<Value>,
    pub(super) keep_alive: Option<Value>,
}

impl Default for OllamaBuilder {
    fn default() -> Self {
        OllamaBuilder {
            settings: Settings::new(DEFAULT_BASE_URL, DEFAULT_MODEL),
            embedding_model: DEFAULT_EMBEDDING_MODEL.to_owned(),
            request: RequestOptions::default(),
        }
    }
}

settings_methods!(OllamaBuilder);

impl OllamaBuilder {
    /// A key, sent as a bearer token: for servers behind a proxy, or in the cloud.
    pub fn api_key(mut self, key: impl Into<SecretString>) -> Self {
        self.settings.api_key = Some(key.into());
        self
    }

    /// The model of [`Ollama::embed`]. Default: [`DEFAULT_EMBEDDING_MODEL`].
    pub fn embedding_model(mut self, model: impl Into<String>) -> Self {
        self.embedding_model = model.into();
        self
    }

    /// The context length, in tokens.
    pub fn num_ctx(self, tokens: u32) -> Self {
        self.option("num_ctx", tokens)
    }

    /// Adds a field of the request's `options`. The options of a prompt override it.
    pub fn option(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        self.request.options.insert(key.into(), value.into());
        self
    }

    /// Whether the model thinks before it answers: `true`, `false`, or `low`, `medium`, `high`. Default: the server's.
    pub fn think(mut self, think: impl Into<Value>) -> Self {
        self.request.think = Some(think.into());
        self
    }

    /// How long the model stays loaded: a duration such as `10m`, or seconds.
    pub fn keep_alive(mut self, keep_alive: impl Into<Value>) -> Self {
        self.request.keep_alive = Some(keep_alive.into());
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ModelError::Config`] with the name of the invalid setting, without its value.
    pub fn build(self) -> Result<Ollama, ModelError> {
        let http = Http::new(self.settings, Auth::Bearer, &["/api/chat", "/api", "/v1"])?;
        let (embedding_model, request) = (self.embedding_model, self.request);
        Ok(Ollama(Arc::new(Inner { http, embedding_model, request })))
    }
}
