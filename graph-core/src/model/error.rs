//! What can go wrong when a model is called.
use std::time::Duration;

use super::api_error::ApiError;

/// What can go wrong when a model is called. No variant ever holds an API key.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The provider could not be reached, or the connection broke.
    #[error("cannot talk to the model at {endpoint}: {problem}")]
    Connection {
        /// Where, without credentials.
        endpoint: String,
        /// What happened.
        problem: String,
    },
    /// Nothing came in time.
    #[error("the model at {endpoint} gave no {what} within {after:?}")]
    Timeout {
        /// Where, without credentials.
        endpoint: String,
        /// What was waited for.
        what: TimedOut,
        /// How long.
        after: Duration,
    },
    /// The key is missing or wrong, or may not be used for this.
    #[error("the model refused the credentials: {0}")]
    Authentication(Box<ApiError>),
    /// Too many requests or tokens in a time; wait and try again.
    #[error("the model's rate limit is reached: {0}")]
    RateLimit(Box<ApiError>),
    /// The account has no credit left; waiting does not help.
    #[error("the account's quota is used up: {0}")]
    QuotaExhausted(Box<ApiError>),
    /// The prompt does not fit into the model's context.
    #[error("the prompt is too long for the model: {0}")]
    ContextOverflow(Box<ApiError>),
    /// Any other error that the provider reported.
    #[error("the model reported an error: {0}")]
    Api(Box<ApiError>),
    /// The stream ended before the reply did.
    #[error("the reply was cut off: {problem}")]
    Truncated {
        /// How it ended.
        problem: String,
    },
    /// The answer is not what the protocol says.
    #[error("the model's answer is not understood: {problem}")]
    BadResponse {
        /// What was expected and what came.
        problem: String,
    },
    /// The prompt holds something that this model cannot be sent.
    #[error("the model cannot be sent {what}")]
    Unsupported {
        /// What.
        what: String,
    },
    /// A setting cannot be used.
    #[error("{setting}: {problem}")]
    Config {
        /// The environment variable or the name of the setting.
        setting: String,
        /// What is wrong with it, without its value where that may be secret.
        problem: String,
    },
    /// The call was cancelled.
    #[error("the model call was cancelled")]
    Cancelled,
    /// A [`ScriptedModel`](super::ScriptedModel) was asked more often than its script has turns.
    #[error("the scripted model has {turns} turns and was asked for one more; add a turn or use `.repeat()`")]
    ScriptEnded {
        /// How many turns the script has.
        turns: usize,
    },
    /// An error of another kind, in words: from a test's script, or from a model of your own.
    #[error("{0}")]
    Other(String),
}

/// What did not come in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimedOut {
    /// The connection.
    Connect,
    /// The first piece of the reply.
    FirstToken,
    /// The next bytes of a reply that had begun.
    NextToken,
}

impl std::fmt::Display for TimedOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            TimedOut::Connect => "connection",
            TimedOut::FirstToken => "first token",
            TimedOut::NextToken => "further token",
        })
    }
}

impl ModelError {
    /// Whether the same call may succeed if it is made again: the network or the server failed, or asked to wait.
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
            ModelError::RateLimit(_) => true,
            ModelError::Api(error) => error.is_transient(),
            _ => false,
        }
    }

    /// How long the provider asks to wait before the next try.
    pub fn retry_after(&self) -> Option<Duration> {
        self.api()?.retry_after
    }

    /// What the provider said, if it said something.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            ModelError::Authentication(error)
            | ModelError::RateLimit(error)
            | ModelError::QuotaExhausted(error)
            | ModelError::ContextOverflow(error)
            | ModelError::Api(error) => Some(error),
            _ => None,
        }
    }
}
