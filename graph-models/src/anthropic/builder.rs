//! The settings of a client.
use std::sync::Arc;

use graph_core::model::ModelError;
use secrecy::SecretString;

use super::client::{Anthropic, Inner};
use crate::http::{Auth, Http, Settings, settings_methods};

/// The base URL of Anthropic's own API.
pub const DEFAULT_BASE_URL: &str = "https://api.anthropic.com";

/// The default model.
pub const DEFAULT_MODEL: &str = "claude-sonnet-4-5";

/// The default of `max_tokens`, which the protocol requires.
pub const DEFAULT_MAX_TOKENS: u32 = 8192;

/// The default version of the protocol.
pub const DEFAULT_VERSION: &str = "2023-06-01";

/// The settings of an [`Anthropic`] client.
///
/// ```
/// use graph_models::Anthropic;
///
/// let model = Anthropic::builder().api_key("sk-not-a-key").model("claude-opus-4-1").max_tokens(2000).build()?;
/// assert!(!format!("{model:?}").contains("sk-not-a-key"));
/// # Ok::<(), graph_core::model::ModelError>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct AnthropicBuilder {
    settings: Settings,
    options: Options,
    version: String,
    betas: Vec<String>,
}

/// What every request has.
#[derive(Clone)]
pub(super) struct Options {
    pub(super) max_tokens: u32,
    /// The budget of thinking, in tokens.
    pub(super) thinking: Option<u32>,
    pub(super) prompt_caching: bool,
}

impl Default for AnthropicBuilder {
    fn default() -> Self {
        AnthropicBuilder {
            settings: Settings::new(DEFAULT_BASE_URL, DEFAULT_MODEL),
            options: Options { max_tokens: DEFAULT_MAX_TOKENS, thinking: None, prompt_caching: false },
            version: DEFAULT_VERSION.to_owned(),
            betas: Vec::new(),
        }
    }
}

settings_methods!(AnthropicBuilder);

impl AnthropicBuilder {
    /// The API key, sent as `x-api-key`. Without one no credentials are sent, which suits local servers.
    pub fn api_key(mut self, key: impl Into<SecretString>) -> Self {
        self.settings.api_key = Some(key.into());
        self
    }

    /// The maximum length of a reply, in tokens, where the prompt says none. Default: [`DEFAULT_MAX_TOKENS`].
    pub fn max_tokens(mut self, tokens: u32) -> Self {
        self.options.max_tokens = tokens;
        self
    }

    /// Lets the model think before it answers, with at most this number of tokens; the API requires at least 1,024, and
    /// fewer than `max_tokens`. For newer forms use `extra_body("thinking", ..)`.
    pub fn thinking(mut self, budget_tokens: u32) -> Self {
        self.options.thinking = Some(budget_tokens);
        self
    }

    /// Whether to mark the system prompt (or the tools, if there is none) and the end of the conversation for the
    /// provider's prompt cache. Default: no.
    pub fn prompt_caching(mut self, caching: bool) -> Self {
        self.options.prompt_caching = caching;
        self
    }

    /// The version of the protocol, sent as `anthropic-version`. Default: [`DEFAULT_VERSION`].
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = version.into();
        self
    }

    /// Asks for a beta feature, by the header `anthropic-beta`.
    pub fn beta(mut self, name: impl Into<String>) -> Self {
        self.betas.push(name.into());
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ModelError::Config`] with the name of the invalid setting, without its value.
    pub fn build(self) -> Result<Anthropic, ModelError> {
        let AnthropicBuilder { mut settings, options, version, betas } = self;
        settings.protocol_headers.push(("anthropic-version", version));
        if !betas.is_empty() {
            settings.protocol_headers.push(("anthropic-beta", betas.join(",")));
        }
        let http = Http::new(settings, Auth::Header("x-api-key"), &["/v1/messages", "/v1"])?;
        Ok(Anthropic(Arc::new(Inner { http, options })))
    }
}
