//! The settings of a client.
use std::sync::Arc;

use graph_core::model::ModelError;
use secrecy::SecretString;

use super::client::{Inner, OpenAi};
use super::quirks::{MaxTokensField, Quirks};
use crate::http::{Auth, Http, Settings, settings_methods};

/// The base URL of OpenAI's own API.
pub const DEFAULT_BASE_URL: &str = "https://api.openai.com/v1";

/// The default model.
pub const DEFAULT_MODEL: &str = "gpt-4o-mini";

/// The default model of embeddings.
pub const DEFAULT_EMBEDDING_MODEL: &str = "text-embedding-3-small";

/// The settings of an [`OpenAi`] client.
///
/// ```
/// use graph_models::OpenAi;
/// use std::time::Duration;
///
/// let model = OpenAi::builder()
///     .api_key("sk-not-a-key")
///     .base_url("http://127.0.0.1:8080/v1")
///     .model("smollm2")
///     .idle_timeout(Duration::from_secs(30))
///     .build()?;
/// assert!(!format!("{model:?}").contains("sk-not-a-key"));
/// # Ok::<(), graph_core::model::ModelError>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct OpenAiBuilder {
    settings: Settings,
    embedding_model: String,
    quirks: Option<Quirks>,
    max_tokens_field: Option<MaxTokensField>,
    echo_reasoning: Option<bool>,
}

impl Default for OpenAiBuilder {
    fn default() -> Self {
        OpenAiBuilder {
            settings: Settings::new(DEFAULT_BASE_URL, DEFAULT_MODEL),
            embedding_model: DEFAULT_EMBEDDING_MODEL.to_owned(),
            quirks: None,
            max_tokens_field: None,
            echo_reasoning: None,
        }
    }
}

settings_methods!(OpenAiBuilder);

impl OpenAiBuilder {
    /// The API key, sent as a bearer token. Without one no credentials are sent, which suits local servers.
    pub fn api_key(mut self, key: impl Into<SecretString>) -> Self {
        self.settings.api_key = Some(key.into());
        self
    }

    /// The organization to bill.
    pub fn organization(self, organization: impl Into<String>) -> Self {
        self.header("openai-organization", organization.into())
    }

    /// The project to bill.
    pub fn project(self, project: impl Into<String>) -> Self {
        self.header("openai-project", project.into())
    }

    /// The model of [`OpenAi::embed`]. Default: [`DEFAULT_EMBEDDING_MODEL`].
    pub fn embedding_model(mut self, model: impl Into<String>) -> Self {
        self.embedding_model = model.into();
        self
    }

    /// How the server deviates from OpenAI's protocol. Default: what is known of the host of the base URL, see
    /// [`SERVERS`](super::SERVERS).
    pub fn quirks(mut self, quirks: Quirks) -> Self {
        self.quirks = Some(quirks);
        self
    }

    /// Sets [`Quirks::max_tokens_field`].
    pub fn max_tokens_field(mut self, field: MaxTokensField) -> Self {
        self.max_tokens_field = Some(field);
        self
    }

    /// Sets [`Quirks::echo_reasoning`].
    pub fn echo_reasoning(mut self, echo: bool) -> Self {
        self.echo_reasoning = Some(echo);
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ModelError::Config`] with the name of the invalid setting, without its value.
    pub fn build(self) -> Result<OpenAi, ModelError> {
        let http = Http::new(self.settings, Auth::Bearer, &["/chat/completions"])?;
        let mut quirks = self.quirks.unwrap_or_else(|| Quirks::of_host(http.endpoint.host()));
        quirks.max_tokens_field = self.max_tokens_field.unwrap_or(quirks.max_tokens_field);
        quirks.echo_reasoning = self.echo_reasoning.unwrap_or(quirks.echo_reasoning);
        Ok(OpenAi(Arc::new(Inner { http, quirks, embedding_model: self.embedding_model })))
    }
}
