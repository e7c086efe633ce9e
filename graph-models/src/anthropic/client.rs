//! The client.
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use graph_core::model::{ChatModel, ChunkStream, ModelError, Prompt};

use super::builder::{AnthropicBuilder, Options};
use super::decode::Decoder;
use super::request;
use crate::http::{Call, Framing, Http};

/// A chat model behind Anthropic's Messages protocol. Cheap to clone; clones share their connections.
///
/// ```no_run
/// use graph_core::model::ChatModel;
/// use graph_models::Anthropic;
///
/// # async fn run() -> Result<(), graph_core::model::ModelError> {
/// let model = Anthropic::builder().api_key("sk-ant-..").model("claude-sonnet-4-5").build()?;
/// println!("{}", model.complete("Write one sentence about cats.".into()).await?);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Anthropic(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) http: Http,
    pub(super) options: Options,
}

impl Anthropic {
    /// A client of Anthropic's own API with this key and the default settings.
    ///
    /// # Errors
    /// [`ModelError::Config`] if the key cannot be a header.
    pub fn new(api_key: impl Into<secrecy::SecretString>) -> Result<Self, ModelError> {
        Anthropic::builder().api_key(api_key).build()
    }

    /// The builder of a client.
    pub fn builder() -> AnthropicBuilder {
        AnthropicBuilder::default()
    }
}

impl fmt::Debug for Anthropic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.http.debug("Anthropic", f)
    }
}

#[async_trait]
impl ChatModel for Anthropic {
    fn provider(&self) -> &'static str {
        "anthropic"
    }

    fn model(&self) -> &str {
        &self.0.http.model
    }

    fn name(&self) -> &'static str {
        "Anthropic"
    }

    async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError> {
        let Inner { http, options } = &*self.0;
        let body = request::body(&http.model, http.streaming, options, &prompt)?;
        let call = Call { path: "/v1/messages", body, extra: &prompt.options.extra };
        http.stream(call, Framing::Sse, Decoder::default).await
    }
}
