//! Errors of model calls.
use std::time::Duration;

use super::api_error::ApiError;

/// An error of a model call. No variant ever holds an API key.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The provider could not be reached, or the connection broke.
    #[error("cannot talk to the model at {endpoint}: {problem}")]
    Connection {
        /// The endpoint, without credentials.
        endpoint: String,
        /// The cause.
        problem: String,
    },
    /// The model did not answer in time.
    #[error("the model at {endpoint} gave no {what} within {after:?}")]
    Timeout {
        /// The endpoint, without credentials.
        endpoint: String,
        /// What did not arrive in time.
        what: TimedOut,
        /// The limit.
        after: Duration,
    },
    /// The API key is missing, wrong, or not permitted to do this.
    #[error("the model refused the credentials: {0}")]
    Authentication(Box<ApiError>),
    /// Too many requests or tokens for a period; wait and retry.
    #[error("the model's rate limit is reached: {0}")]
    RateLimit(Box<ApiError>),
    /// The account has no credit left; waiting does not help.
    #[error("the account's quota is used up: {0}")]
    QuotaExhausted(Box<ApiError>),
    /// The prompt is longer than the model's context.
    #[error("the prompt is too long for the model: {0}")]
    ContextOverflow(Box<ApiError>),
    /// The provider's filter refused the prompt or the reply.
    #[error("the provider's content filter refused: {0}")]
    ContentFilter(Box<ApiError>),
    /// The provider has too many requests of everyone; retry later.
    #[error("the model is overloaded: {0}")]
    Overloaded(Box<ApiError>),
    /// Any other error reported by the provider.
    #[error("the model reported an error: {0}")]
    Api(Box<ApiError>),
    /// The stream ended before the reply.
    #[error("the reply was cut off: {problem}")]
    Truncated {
        /// How it ended.
        problem: String,
    },
    /// The answer does not follow the protocol.
    #[error("the model's answer is not understood: {problem}")]
    BadResponse {
        /// What was expected and what arrived.
        problem: String,
    },
    /// The reply is no value of the type that was asked for: see [`Structured`](super::Structured).
    #[error("the model's answer is no `{wanted}`: {problem}")]
    UnexpectedOutput {
        /// The name of the type.
        wanted: String,
        /// What is wrong.
        problem: String,
        /// The text of the reply.
        text: String,
    },
    /// The prompt has content that this model does not support.
    #[error("the model cannot be sent {what}")]
    Unsupported {
        /// The unsupported content.
        what: String,
    },
    /// An invalid setting.
    #[error("{setting}: {problem}")]
    Config {
        /// The environment variable or the name of the setting.
        setting: String,
        /// What is wrong with it, without a value that may be secret.
        problem: String,
    },
    /// The call was cancelled.
    #[error("the model call was cancelled")]
    Cancelled,
    /// A [`ScriptedModel`](super::ScriptedModel) was called more often than its script has turns.
    #[error("the scripted model has {turns} turns and was asked for one more; add a turn or use `.repeat()`")]
    ScriptEnded {
        /// The number of turns in the script.
        turns: usize,
    },
    /// Any other error, as text: from a test's script, or from your own model.
    #[error("{0}")]
    Other(String),
}

/// The kinds of model timeout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimedOut {
    /// The connection.
    Connect,
    /// The first chunk of the reply.
    FirstToken,
    /// The next bytes of a reply that had begun.
    NextToken,
    /// The end of the reply.
    Total,
}

impl std::fmt::Display for TimedOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            TimedOut::Connect => "connection",
            TimedOut::FirstToken => "first token",
            TimedOut::NextToken => "further token",
            TimedOut::Total => "complete reply",
        })
    }
}

impl ModelError {
    /// Whether the same call may succeed if it is repeated: the network or the server failed, or asked to wait.
    ///
    /// ```
    /// use graph_core::model::{ApiError, ModelError};
    /// let api = |status| Box::new(ApiError { status: Some(status), ..ApiError::default() });
    /// assert!(ModelError::Api(api(503)).is_retryable());
    /// assert!(!ModelError::Api(api(400)).is_retryable());
    /// assert!(ModelError::RateLimit(api(429)).is_retryable());
    /// assert!(!ModelError::QuotaExhausted(api(429)).is_retryable());
    /// ```
    pub fn is_retryable(&self) -> bool {
        match self {
            ModelError::Connection { .. } | ModelError::Timeout { .. } | ModelError::Truncated { .. } => true,
            ModelError::RateLimit(_) | ModelError::Overloaded(_) => true,
            ModelError::Api(error) => error.is_transient(),
            _ => false,
        }
    }

    /// The wait before the next attempt that the provider asks for.
    pub fn retry_after(&self) -> Option<Duration> {
        self.api()?.retry_after
    }

    /// The provider's error, if it reported one.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            ModelError::Authentication(error)
            | ModelError::RateLimit(error)
            | ModelError::QuotaExhausted(error)
            | ModelError::ContextOverflow(error)
            | ModelError::ContentFilter(error)
            | ModelError::Overloaded(error)
            | ModelError::Api(error) => Some(error),
            _ => None,
        }
    }
}
