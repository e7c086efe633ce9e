//! The client.
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use graph_core::model::{ChatModel, ChunkStream, ModelError, Prompt};
use serde_json::{Map, Value};

use super::builder::GeminiBuilder;
use super::decode::Decoder;
use super::{PROVIDER, request};
use crate::http::{Call, Framing, Http};

/// A chat model behind Google's Gemini API. Cheap to clone; clones share their connections.
///
/// ```no_run
/// use graph_core::model::ChatModel;
/// use graph_models::Gemini;
///
/// # async fn run() -> Result<(), graph_core::model::ModelError> {
/// let model = Gemini::builder().api_key("..").model("gemini-2.5-flash").build()?;
/// println!("{}", model.complete("Write one sentence about cats.".into()).await?);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Gemini(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) http: Http,
    pub(super) embedding_model: String,
    pub(super) generation_config: Map<String, Value>,
}

impl Gemini {
    /// A client of Google's own API with this key and the default settings.
    ///
    /// # Errors
    /// [`ModelError::Config`] if the key cannot be a header.
    pub fn new(api_key: impl Into<secrecy::SecretString>) -> Result<Self, ModelError> {
        Gemini::builder().api_key(api_key).build()
    }

    /// The builder of a client.
    pub fn builder() -> GeminiBuilder {
        GeminiBuilder::default()
    }
}

/// The resource name of a model: `models/gemini-2.5-flash`.
pub(super) fn resource(model: &str) -> String {
    if model.contains('/') { model.to_owned() } else { format!("models/{model}") }
}

impl fmt::Debug for Gemini {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.http.debug("Gemini", f)
    }
}

#[async_trait]
impl ChatModel for Gemini {
    fn provider(&self) -> &'static str {
        PROVIDER
    }

    fn model(&self) -> &str {
        &self.0.http.model
    }

    fn name(&self) -> &'static str {
        "Gemini"
    }

    async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError> {
        let Inner { http, generation_config, .. } = &*self.0;
        let body = request::body(generation_config, &prompt)?;
        let method = if http.streaming { "streamGenerateContent?alt=sse" } else { "generateContent" };
        let path = format!("/{}:{method}", resource(&http.model));
        let call = Call { path: &path, body, extra: &prompt.options.extra };
        http.stream(call, Framing::Sse, Decoder::default).await
    }
}
