//! The settings of a client.
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use graph_core::model::ModelError;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};

use super::client::{Inner, OpenAi};
use crate::base64;
use crate::endpoint::Endpoint;
use crate::redact::Redactor;
use crate::tls;

/// The base URL of OpenAI's own API.
pub const DEFAULT_BASE_URL: &str = "https://api.openai.com/v1";

/// The default model.
pub const DEFAULT_MODEL: &str = "gpt-4o-mini";

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
    api_key: Option<SecretString>,
    base_url: String,
    model: String,
    headers: Vec<(String, SecretString)>,
    connect_timeout: Duration,
    first_token_timeout: Duration,
    idle_timeout: Duration,
    max_retries: u32,
    max_tokens_field: Option<MaxTokensField>,
    streaming: bool,
    echo_reasoning: bool,
}

/// The name of the request field that limits the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MaxTokensField {
    /// `max_tokens`, for compatible servers.
    MaxTokens,
    /// `max_completion_tokens`, for OpenAI, whose reasoning models require it.
    MaxCompletionTokens,
}

impl Default for OpenAiBuilder {
    fn default() -> Self {
        OpenAiBuilder {
            api_key: None,
            base_url: DEFAULT_BASE_URL.to_owned(),
            model: DEFAULT_MODEL.to_owned(),
            headers: Vec::new(),
            connect_timeout: Duration::from_secs(5),
            first_token_timeout: Duration::from_mins(10),
            idle_timeout: Duration::from_mins(2),
            max_retries: 2,
            max_tokens_field: None,
            streaming: true,
            echo_reasoning: false,
        }
    }
}

impl OpenAiBuilder {
    /// The API key, sent as a bearer token. Without one no credentials are sent, which suits local servers.
    pub fn api_key(mut self, key: impl Into<SecretString>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// The base URL of the API, without `/chat/completions`. Default: [`DEFAULT_BASE_URL`].
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self
    }

    /// The model. Default: [`DEFAULT_MODEL`].
    pub fn model(mut self, model: impl Into<String>) -> Self {
        self.model = model.into();
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

    /// Adds a header. Its value is treated as a secret.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<SecretString>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The time limit for connecting. Default: 5 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The time limit for the first chunk of the reply, from the request on; keep-alive messages do not extend it.
    /// Default: 600 s.
    pub fn first_token_timeout(mut self, timeout: Duration) -> Self {
        self.first_token_timeout = timeout;
        self
    }

    /// The time limit between chunks of a reply. Default: 120 s.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = timeout;
        self
    }

    /// The number of retries if the network or the server fails before the reply begins. Default: 2.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The name of the `max_tokens` field. Default: `max_completion_tokens` for `api.openai.com`, `max_tokens` for
    /// others.
    pub fn max_tokens_field(mut self, field: MaxTokensField) -> Self {
        self.max_tokens_field = Some(field);
        self
    }

    /// Whether to stream the reply. Default: yes. Otherwise it arrives at once.
    pub fn streaming(mut self, streaming: bool) -> Self {
        self.streaming = streaming;
        self
    }

    /// Whether to send the reasoning of assistant messages with tool calls back as `reasoning_content`; some servers'
    /// reasoning models require it between a call and its result, others refuse it. Default: no.
    pub fn echo_reasoning(mut self, echo: bool) -> Self {
        self.echo_reasoning = echo;
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// [`ModelError::Config`] with the name of the invalid setting, without its value.
    pub fn build(self) -> Result<OpenAi, ModelError> {
        let mut redactor = Redactor::default();
        let endpoint = Endpoint::parse(&self.base_url, "/chat/completions", &mut redactor)
            .map_err(|problem| config("base_url", problem))?;
        let headers = self.header_map(&endpoint, &mut redactor)?;

        tls::ensure_provider();
        let mut http = reqwest::Client::builder()
            .connect_timeout(self.connect_timeout)
            .default_headers(headers)
            // A redirect could carry the key to another host.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("graph-models/", env!("CARGO_PKG_VERSION")));
        if endpoint.is_local() {
            http = http.no_proxy();
        }
        let http = http.build().map_err(|error| config("http client", redactor.clean(&error.to_string())))?;
        let of_openai = endpoint.url.host_str() == Some("api.openai.com");
        let default_field = if of_openai { MaxTokensField::MaxCompletionTokens } else { MaxTokensField::MaxTokens };
        Ok(OpenAi(Arc::new(Inner {
            http,
            endpoint,
            redactor,
            model: self.model,
            connect_timeout: self.connect_timeout,
            first_token_timeout: self.first_token_timeout,
            idle_timeout: self.idle_timeout,
            max_retries: self.max_retries,
            max_tokens_field: self.max_tokens_field.unwrap_or(default_field),
            streaming: self.streaming,
            echo_reasoning: self.echo_reasoning,
        })))
    }

    fn header_map(&self, endpoint: &Endpoint, redactor: &mut Redactor) -> Result<HeaderMap, ModelError> {
        let mut headers = HeaderMap::new();
        let mut add = |setting: &str, name: HeaderName, value: &str| {
            let problem = "holds characters that a header cannot have";
            let mut value = HeaderValue::from_str(value).map_err(|_| config(setting, problem.to_owned()))?;
            value.set_sensitive(true);
            headers.insert(name, value);
            Ok(())
        };
        if let Some(key) = &self.api_key {
            let key = key.expose_secret().trim();
            redactor.add(key);
            add("api_key", AUTHORIZATION, &format!("Bearer {key}"))?;
        } else if let Some((user, password)) = &endpoint.user {
            let pair = format!("{user}:{}", password.expose_secret());
            add("base_url", AUTHORIZATION, &format!("Basic {}", base64::encode(pair.as_bytes())))?;
        }
        for (name, value) in &self.headers {
            let header = HeaderName::try_from(name.as_str())
                .map_err(|_| config("header", format!("`{name}` is not a header name")))?;
            redactor.add(value.expose_secret());
            add(&format!("header `{name}`"), header, value.expose_secret())?;
        }
        Ok(headers)
    }
}

fn config(setting: &str, problem: String) -> ModelError {
    ModelError::Config { setting: setting.to_owned(), problem }
}

impl fmt::Debug for OpenAiBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL may hold credentials; `OpenAi` shows it once it has been parsed.
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        f.debug_struct("OpenAiBuilder").field("model", &self.model).field("headers", &names).finish_non_exhaustive()
    }
}
