//! The client: requests, retries, and the resulting stream.
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use bytes::Bytes;
use graph_core::model::{ChatModel, ChunkStream, ModelError, Prompt, TimedOut};
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use super::builder::{MaxTokensField, OpenAiBuilder};
use super::failure::{self, Failure};
use super::request;
use super::stream::{self, Limits};
use crate::endpoint::Endpoint;
use crate::redact::Redactor;
use crate::retry;

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
    pub(super) http: reqwest::Client,
    pub(super) endpoint: Endpoint,
    pub(super) redactor: Redactor,
    pub(super) model: String,
    pub(super) connect_timeout: Duration,
    pub(super) first_token_timeout: Duration,
    pub(super) idle_timeout: Duration,
    pub(super) max_retries: u32,
    pub(super) max_tokens_field: MaxTokensField,
    pub(super) streaming: bool,
    pub(super) echo_reasoning: bool,
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
        let inner = &self.0;
        f.debug_struct("OpenAi")
            .field("endpoint", &inner.endpoint.label)
            .field("model", &inner.model)
            .finish_non_exhaustive()
    }
}

impl Inner {
    /// Sends the request, and retries it while that may help.
    async fn open(&self, body: Bytes) -> Result<(Response, Instant), ModelError> {
        // The same key for all attempts, so that a server that supports it does not bill twice.
        let key = Uuid::new_v4().to_string();
        let mut retry = 0;
        loop {
            let deadline = Instant::now() + self.first_token_timeout;
            let failure = match self.send(&body, &key, deadline).await {
                Ok(response) => return Ok((response, deadline)),
                Err(failure) => failure,
            };
            let wait = retry::wait(retry, failure.error.retry_after());
            match wait {
                Some(wait) if retry < self.max_retries && failure.is_retryable() => sleep(wait).await,
                _ => return Err(failure.error),
            }
            retry += 1;
        }
    }

    /// Sends one attempt.
    async fn send(&self, body: &Bytes, key: &str, deadline: Instant) -> Result<Response, Failure> {
        let request = self
            .http
            .post(self.endpoint.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("idempotency-key", key)
            .body(body.clone());
        let response = match timeout_at(deadline, request.send()).await {
            Err(_) => return Err(self.timed_out(TimedOut::FirstToken, self.first_token_timeout).into()),
            Ok(Err(error)) if error.is_connect() && error.is_timeout() => {
                return Err(self.timed_out(TimedOut::Connect, self.connect_timeout).into());
            }
            Ok(Err(error)) => {
                let problem = self.redactor.clean(&failure::chain(&error.without_url()));
                return Err(ModelError::Connection { endpoint: self.endpoint.label.clone(), problem }.into());
            }
            Ok(Ok(response)) => response,
        };
        if response.status().is_success() {
            return Ok(response);
        }
        Err(self.refused(response, deadline).await)
    }

    /// Reads the error from a response without a success status.
    async fn refused(&self, response: Response, deadline: Instant) -> Failure {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        // Errors are short: bytes beyond the limit, or too late, do not change the kind of error.
        let body =
            timeout_at(deadline.min(Instant::now() + self.idle_timeout), stream::read_body(response, 1 << 16)).await;
        let body = body.unwrap_or_else(|_| Ok(Bytes::new())).unwrap_or_default();
        let mut error = failure::from_body(Some(status), &body);
        error.retry_after = retry::asked_wait(&headers, SystemTime::now());
        error.request_id =
            text(&headers, "x-request-id").or_else(|| text(&headers, "request-id")).map(ToOwned::to_owned);
        let should_retry = text(&headers, "x-should-retry").and_then(|word| word.parse().ok());
        Failure { error: failure::classify(error, &self.redactor), should_retry }
    }

    fn timed_out(&self, what: TimedOut, after: Duration) -> ModelError {
        ModelError::Timeout { endpoint: self.endpoint.label.clone(), what, after }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[async_trait]
impl ChatModel for OpenAi {
    fn provider(&self) -> &'static str {
        "openai"
    }

    fn model(&self) -> &str {
        &self.0.model
    }

    fn name(&self) -> &'static str {
        "OpenAi"
    }

    async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError> {
        let inner = &self.0;
        let body = request::body(inner, &prompt)?;
        let (response, deadline) = inner.open(body.into()).await?;
        let limits = Limits {
            endpoint: inner.endpoint.label.clone(),
            first_token: inner.first_token_timeout,
            first_token_deadline: deadline,
            idle: inner.idle_timeout,
        };
        stream::read(response, limits, inner.redactor.clone()).await
    }
}
