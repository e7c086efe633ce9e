//! The client.
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use graph_core::model::{ChatModel, ChunkStream, ModelError, Prompt};

use super::builder::{OpenAiResponsesBuilder, Options};
use super::decode::Decoder;
use super::request;
use crate::http::{Call, Framing, Http};

/// A chat model behind OpenAI's Responses protocol. Cheap to clone; clones share their connections.
///
/// ```no_run
/// use graph_core::model::ChatModel;
/// use graph_models::OpenAiResponses;
///
/// # async fn run() -> Result<(), graph_core::model::ModelError> {
/// let model = OpenAiResponses::builder().api_key("sk-..").model("gpt-5").build()?;
/// println!("{}", model.complete("Write one sentence about cats.".into()).await?);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct OpenAiResponses(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) http: Http,
    pub(super) options: Options,
}

impl OpenAiResponses {
    /// A client of OpenAI's own API with this key and the default settings.
    ///
    /// # Errors
    /// [`ModelError::Config`] if the key cannot be a header.
    pub fn new(api_key: impl Into<secrecy::SecretString>) -> Result<Self, ModelError> {
        OpenAiResponses::builder().api_key(api_key).build()
    }

    /// The builder of a client.
    pub fn builder() -> OpenAiResponsesBuilder {
        OpenAiResponsesBuilder::default()
    }
}

impl fmt::Debug for OpenAiResponses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.http.debug("OpenAiResponses", f)
    }
}

#[async_trait]
impl ChatModel for OpenAiResponses {
    fn provider(&self) -> &'static str {
        "openai"
    }

    fn model(&self) -> &str {
        &self.0.http.model
    }

    fn name(&self) -> &'static str {
        "OpenAiResponses"
    }

    async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError> {
        let Inner { http, options } = &*self.0;
        let body = request::body(&http.model, http.streaming, options, &prompt)?;
        let call = Call { path: "/responses", body, extra: &prompt.options.extra };
        let max_tokens = prompt.options.max_tokens;
        http.stream(call, Framing::Sse, || Decoder::new(max_tokens)).await
    }
}
