//! Errors that a provider reports.
use std::fmt;
use std::time::Duration;

/// An error that a provider reported, in an HTTP answer or in the middle of a stream.
///
/// `Display` shows the known fields: `HTTP 429, rate_limit_error: slow down (request req_1)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status; `None` for an error inside a stream.
    pub status: Option<u16>,
    /// The provider's type of error, such as `invalid_request_error`.
    pub kind: Option<String>,
    /// The provider's code, such as `context_length_exceeded`; some servers send a number.
    pub code: Option<String>,
    /// The offending parameter.
    pub param: Option<String>,
    /// The provider's message, without any key. The beginning of the body if its form is unknown.
    pub message: String,
    /// The wait before the next attempt, if the provider names one.
    pub retry_after: Option<Duration>,
    /// The provider's id of the request.
    pub request_id: Option<String>,
    /// The body as the provider sent it, without any key; its beginning if it is long. `None` for an error inside a
    /// stream.
    pub body: Option<String>,
}

impl ApiError {
    /// Whether the same request may succeed later: the server was busy, or failed.
    pub(super) fn is_transient(&self) -> bool {
        match self.status {
            Some(status) => matches!(status, 408 | 409 | 429 | 500..),
            // An error inside a stream has no status, only a type and a code.
            None => {
                let says = |word: &str| [&self.kind, &self.code].into_iter().flatten().any(|said| said.contains(word));
                ["overloaded", "server_error", "rate_limit", "timeout", "unavailable", "api_error"]
                    .into_iter()
                    .any(says)
                    || self.code.as_deref().and_then(|code| code.parse().ok()).is_some_and(|code: u16| code >= 500)
            }
        }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut head: Vec<String> = self.status.iter().map(|status| format!("HTTP {status}")).collect();
        head.extend(self.kind.clone());
        // Many servers repeat the status as the code.
        let status = self.status.map(|status| status.to_string());
        head.extend(self.code.clone().filter(|code| Some(code) != status.as_ref() && Some(code) != self.kind.as_ref()));
        if !head.is_empty() {
            write!(f, "{}: ", head.join(", "))?;
        }
        f.write_str(&self.message)?;
        match &self.request_id {
            Some(id) => write!(f, " (request {id})"),
            None => Ok(()),
        }
    }
}
