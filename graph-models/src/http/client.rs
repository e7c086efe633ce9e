//! Requests: credentials, retries, time limits.
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use graph_core::model::{ChunkStream, ModelError, TimedOut};
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Map, Value};
use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use super::build;
use super::decode::Decode;
use super::endpoint::Endpoint;
use super::failure::{self, Context, Failure};
use super::framing::Framing;
use super::limits::Limits;
use super::read::{self, read_body};
use super::redact::Redactor;
use super::reply::Reply;
use super::retry;
use super::settings::Settings;

/// How the key is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Auth {
    /// `authorization: Bearer ..`.
    Bearer,
    /// In a header of this name.
    Header(&'static str),
}

/// A connection to one server.
pub(crate) struct Http {
    client: reqwest::Client,
    pub(crate) endpoint: Endpoint,
    redactor: Redactor,
    pub(crate) model: String,
    pub(crate) streaming: bool,
    extra_body: Map<String, Value>,
    connect_timeout: Duration,
    first_token_timeout: Duration,
    idle_timeout: Duration,
    total_timeout: Option<Duration>,
    max_retries: u32,
}

/// One request.
pub(crate) struct Call<'a> {
    /// The path below the base URL, maybe with a query.
    pub(crate) path: &'a str,
    pub(crate) body: Map<String, Value>,
    /// Further fields, which override those of the body.
    pub(crate) extra: &'a Map<String, Value>,
}

/// The limits of a call over all its attempts.
struct Attempts<'a> {
    path: &'a str,
    body: Bytes,
    /// The same for all attempts, so that a server that supports it does not bill twice.
    key: String,
    total: Option<Instant>,
}

impl Http {
    /// A connection with these settings. A base URL may end in one of `known`.
    pub(crate) fn new(settings: Settings, auth: Auth, known: &[&str]) -> Result<Self, ModelError> {
        let mut redactor = Redactor::default();
        let endpoint = Endpoint::parse(&settings.base_url, known, &mut redactor)
            .map_err(|problem| build::config("base_url", problem))?;
        let client = build::client(&settings, auth, &endpoint, &mut redactor)?;
        Ok(Http {
            client,
            endpoint,
            redactor,
            model: settings.model,
            streaming: settings.streaming,
            extra_body: settings.extra_body,
            connect_timeout: settings.connect_timeout,
            first_token_timeout: settings.first_token_timeout,
            idle_timeout: settings.idle_timeout,
            total_timeout: settings.total_timeout,
            max_retries: settings.max_retries,
        })
    }

    /// Sends a request, and returns the reply when its first token has arrived. Until then it is retried while that may
    /// help.
    pub(crate) async fn stream<D: Decode>(
        &self,
        call: Call<'_>,
        framing: Framing,
        decoder: impl Fn() -> D,
    ) -> Result<ChunkStream, ModelError> {
        let attempts = self.attempts(call)?;
        let mut retry = 0;
        loop {
            match self.first_token(&attempts, framing, decoder()).await {
                Ok(reply) => return Ok(Box::pin(reply)),
                Err(failure) => self.wait(failure, retry, &attempts).await?,
            }
            retry += 1;
        }
    }

    /// Sends a request, with retries, and returns the JSON of the response.
    pub(crate) async fn json(&self, call: Call<'_>) -> Result<Value, ModelError> {
        let attempts = self.attempts(call)?;
        let mut retry = 0;
        loop {
            match self.whole(&attempts).await {
                Ok(value) => return Ok(value),
                Err(failure) => self.wait(failure, retry, &attempts).await?,
            }
            retry += 1;
        }
    }

    /// The `Debug` form of a client.
    pub(crate) fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint = self.endpoint.label("");
        f.debug_struct(name).field("endpoint", &endpoint).field("model", &self.model).finish_non_exhaustive()
    }

    fn attempts<'a>(&self, call: Call<'a>) -> Result<Attempts<'a>, ModelError> {
        let Call { path, mut body, extra } = call;
        body.extend(self.extra_body.clone());
        body.extend(extra.clone());
        let body = serde_json::to_vec(&body)
            .map_err(|error| ModelError::Other(format!("cannot write the request: {error}")))?;
        let total = self.total_timeout.map(|limit| Instant::now() + limit);
        Ok(Attempts { path, body: body.into(), key: Uuid::new_v4().to_string(), total })
    }

    /// Waits before the next attempt; the error, if there is none.
    async fn wait(&self, failure: Failure, retry: u32, attempts: &Attempts<'_>) -> Result<(), ModelError> {
        match retry::wait(retry, failure.error.retry_after()) {
            Some(wait)
                if retry < self.max_retries
                    && failure.is_retryable()
                    && attempts.total.is_none_or(|total| Instant::now() + wait < total) =>
            {
                sleep(wait).await;
                Ok(())
            }
            _ => Err(failure.error),
        }
    }

    async fn first_token<D: Decode>(
        &self,
        attempts: &Attempts<'_>,
        framing: Framing,
        decoder: D,
    ) -> Result<Reply<D>, Failure> {
        let limits = self.limits(attempts);
        let (response, context) = self.send(attempts, &limits).await?;
        let mut reply = read::read(response, limits, context, framing, decoder).await?;
        reply.first_token().await?;
        Ok(reply)
    }

    async fn whole(&self, attempts: &Attempts<'_>) -> Result<Value, Failure> {
        let limits = self.limits(attempts);
        let (response, context) = self.send(attempts, &limits).await?;
        let body = read::read_whole(response, &limits, &context).await?;
        serde_json::from_slice(&body).map_err(|error| {
            let text = String::from_utf8_lossy(&body);
            failure::of_event(error.into(), &text, "a JSON object", &context).into()
        })
    }

    fn limits(&self, attempts: &Attempts<'_>) -> Limits {
        Limits {
            endpoint: self.endpoint.label(attempts.path),
            first_token: self.first_token_timeout,
            first_token_deadline: Instant::now() + self.first_token_timeout,
            idle: self.idle_timeout,
            total: self.total_timeout.zip(attempts.total),
        }
    }

    /// Sends one attempt.
    async fn send(&self, attempts: &Attempts<'_>, limits: &Limits) -> Result<(Response, Context), Failure> {
        let request = self
            .client
            .post(self.endpoint.url(attempts.path))
            .header(CONTENT_TYPE, "application/json")
            .header("idempotency-key", &attempts.key)
            .body(attempts.body.clone());
        let response = match timeout_at(limits.first_deadline(), request.send()).await {
            Err(_) => return Err(limits.timed_out(false).into()),
            Ok(Err(error)) if error.is_connect() && error.is_timeout() => {
                let (endpoint, after) = (limits.endpoint.clone(), self.connect_timeout);
                return Err(ModelError::Timeout { endpoint, what: TimedOut::Connect, after }.into());
            }
            Ok(Err(error)) => {
                let problem = self.redactor.clean(&failure::chain(&error.without_url()));
                return Err(ModelError::Connection { endpoint: limits.endpoint.clone(), problem }.into());
            }
            Ok(Ok(response)) => response,
        };
        let request_id = ["x-request-id", "request-id"].iter().find_map(|name| text(response.headers(), name));
        let context = Context { redactor: self.redactor.clone(), request_id: request_id.map(ToOwned::to_owned) };
        if response.status().is_success() {
            return Ok((response, context));
        }
        Err(self.refused(response, limits, context).await)
    }

    /// Reads the error from a response without a success status.
    async fn refused(&self, response: Response, limits: &Limits, context: Context) -> Failure {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        // Errors are short: bytes beyond the limit, or too late, do not change the kind of error.
        let deadline = limits.first_deadline().min(Instant::now() + self.idle_timeout);
        let body = timeout_at(deadline, read_body(response, 1 << 16)).await;
        let body = body.unwrap_or_else(|_| Ok(Bytes::new())).unwrap_or_default();
        let mut error = failure::from_body(Some(status), &body);
        error.retry_after = retry::asked_wait(&headers, SystemTime::now()).or(error.retry_after);
        error.request_id = context.request_id.or(error.request_id);
        error.body = Some(String::from_utf8_lossy(&body).into_owned());
        let should_retry = text(&headers, "x-should-retry").and_then(|word| word.parse().ok());
        Failure { error: failure::classify(error, &self.redactor), should_retry }
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
