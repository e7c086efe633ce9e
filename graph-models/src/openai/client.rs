//! The client.
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use graph_core::model::{ChatModel, ChunkStream, ModelError, Prompt};

use super::builder::OpenAiBuilder;
use super::decode::Decoder;
use super::quirks::Quirks;
use super::request;
use crate::http::{Call, Framing, Http};

/// A chat model behind OpenAI's Chat Completions protocol. Cheap to clone; clones share their connections.
///
/// ```no_run
/// use graph_core::model::ChatModel;
/// use graph_models::OpenAi;
///
/// # async fn run() -> Result<(), graph_core::model::ModelError> {
/// let model = OpenAi::builder().base_url("http://127.0.0.1:8080/v1").model("smollm2").build()?;
/// println!("{}", model.complete("Write one sentence about cats.".into()).await?);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct OpenAi(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) http: Http,
    pub(super) quirks: Quirks,
    pub(super) embedding_model: String,
}

impl OpenAi {
    /// A client of OpenAI's own API with this key and the default settings.
    ///
    /// # Errors
    /// [`ModelError::Config`] if the key cannot be a header.
    pub fn new(api_key: impl Into<secrecy::SecretString>) -> Result<Self, ModelError> {
        OpenAi::builder().api_key(api_key).build()
    }

    /// The builder of a client.
    pub fn builder() -> OpenAiBuilder {
        OpenAiBuilder::default()
    }
}

impl fmt::Debug for OpenAi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.http.debug("OpenAi", f)
    }
}

#[async_trait]
impl ChatModel for OpenAi {
    fn provider(&self) -> &'static str {
        "openai"
    }

    fn model(&self) -> &str {
        &self.0.http.model
    }

    fn name(&self) -> &'static str {
        "OpenAi"
    }

    async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError> {
        let Inner { http, quirks, .. } = &*self.0;
        let body = request::body(&http.model, http.streaming, quirks, &prompt)?;
        let call = Call { path: "/chat/completions", body, extra: &prompt.options.extra };
        http.stream(call, Framing::Sse, Decoder::default).await
    }
}
