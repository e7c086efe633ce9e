//! The settings of a client.
use std::sync::Arc;

use graph_core::model::ModelError;
use secrecy::SecretString;

use super::super::{DEFAULT_BASE_URL, DEFAULT_MODEL, Quirks};
use super::client::{Inner, OpenAiResponses};
use crate::http::{Auth, Http, Settings, settings_methods};

/// The settings of an [`OpenAiResponses`] client.
///
/// ```
/// use graph_models::OpenAiResponses;
///
/// let model = OpenAiResponses::builder().base_url("http://127.0.0.1:8080/v1").model("smollm2").build()?;
/// # Ok::<(), graph_core::model::ModelError>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct OpenAiResponsesBuilder {
    settings: Settings,
    options: Options,
}

/// What every request has.
#[derive(Clone, Default)]
pub(super) struct Options {
    pub(super) effort: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) store: bool,
    /// Whether the server enforces the schemas of tools.
    pub(super) strict_tools: bool,
}

impl Default for OpenAiResponsesBuilder {
    fn default() -> Self {
        let settings = Settings::new(DEFAULT_BASE_URL, DEFAULT_MODEL);
        OpenAiResponsesBuilder { settings, options: Options::default() }
    }
}

settings_methods!(OpenAiResponsesBuilder);

impl OpenAiResponsesBuilder {
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

    /// How much a reasoning model thinks: `minimal`, `low`, `medium`, `high`. Also asks for its reasoning in encrypted
    /// form, to be sent back; models without reasoning refuse both.
    pub fn reasoning_effort(mut self, effort: impl Into<String>) -> Self {
        self.options.effort = Some(effort.into());
        self
    }

    /// Asks for a summary of the reasoning: `auto`, `concise` or `detailed`.
    pub fn reasoning_summary(mut self, summary: impl Into<String>) -> Self {
        self.options.summary = Some(summary.into());
        self
    }

    /// Whether the provider stores the responses. Default: no.
    pub fn store(mut self, store: bool) -> Self {
        self.options.store = store;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ModelError::Config`] with the name of the invalid setting, without its value.
    pub fn build(self) -> Result<OpenAiResponses, ModelError> {
        let http = Http::new(self.settings, Auth::Bearer, &["/responses"])?;
        let strict_tools = Quirks::of_host(http.endpoint.host()).strict_tools;
        Ok(OpenAiResponses(Arc::new(Inner { http, options: Options { strict_tools, ..self.options } })))
    }
}
