//! Converts a provider's error to `ModelError`.
use graph_core::model::{ApiError, ModelError};
use serde_json::Value;

use crate::redact::Redactor;

/// The maximum length of an error message, in bytes.
const LONGEST_MESSAGE: usize = 2000;

/// The failure of one attempt.
pub(super) struct Failure {
    pub(super) error: ModelError,
    /// The server's own answer on whether to retry.
    pub(super) should_retry: Option<bool>,
}

impl Failure {
    pub(super) fn is_retryable(&self) -> bool {
        self.should_retry.unwrap_or_else(|| self.error.is_retryable())
    }
}

impl From<ModelError> for Failure {
    fn from(error: ModelError) -> Self {
        Failure { error, should_retry: None }
    }
}

/// Parses the body of an error response: JSON in one of the known forms, or any text.
pub(super) fn from_body(status: Option<u16>, body: &[u8]) -> ApiError {
    match serde_json::from_slice::<Value>(body) {
        Ok(value) => from_json(status, &value),
        Err(_) => {
            let text = String::from_utf8_lossy(body);
            let message = html_title(&text).unwrap_or_else(|| text.trim().to_owned());
            let message = if message.is_empty() { "no error message".to_owned() } else { truncate(&message) };
            ApiError { status, message, ..ApiError::default() }
        }
    }
}

/// Parses the known forms: `{"error": {..}}`, `{"error": ".."}`, `{"detail": ..}`, the fields at the top level, and a
/// list with one of these.
pub(super) fn from_json(status: Option<u16>, value: &Value) -> ApiError {
    let value = value.get(0).unwrap_or(value);
    let error = value.get("error").or_else(|| value.get("detail")).unwrap_or(value);
    // vLLM, llama.cpp and OpenRouter send codes as numbers, OpenAI as text.
    let text = |key: &str| match &error[key] {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let message = match error {
        Value::String(text) => text.clone(),
        _ => text("message").unwrap_or_else(|| error.to_string()),
    };
    let kind = text("type").or_else(|| text("status"));
    ApiError {
        status,
        kind,
        code: text("code"),
        param: text("param"),
        message: truncate(&message),
        ..ApiError::default()
    }
}

/// Classifies an error, and removes secrets from its message.
pub(super) fn classify(mut error: ApiError, redactor: &Redactor) -> ModelError {
    error.message = redactor.clean(&error.message);
    let says = |word: &str| [&error.kind, &error.code].into_iter().flatten().any(|said| said.contains(word));
    let code = || error.code.as_deref().and_then(|code| code.parse().ok());
    let status: u16 = error.status.or_else(code).unwrap_or_default();
    let message = error.message.to_ascii_lowercase();
    let words = ["maximum context length", "context size", "context window", "context length"];
    let too_long = says("context_length")
        || says("exceed_context_size")
        || (matches!(status, 400 | 413 | 422) && words.iter().any(|words| message.contains(words)));

    let variant = if says("insufficient_quota") || says("billing") || status == 402 {
        ModelError::QuotaExhausted
    } else if too_long {
        ModelError::ContextOverflow
    } else if status == 429 || says("rate_limit") {
        ModelError::RateLimit
    } else if matches!(status, 401 | 403) || says("authentication_error") || says("invalid_api_key") {
        ModelError::Authentication
    } else {
        ModelError::Api
    };
    variant(Box::new(error))
}

/// An error and its sources in one line: the outermost error of HTTP libraries says little.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.ends_with(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

/// The title of an HTML page, as proxies send it.
pub(super) fn html_title(text: &str) -> Option<String> {
    let lower = text.trim_start().to_ascii_lowercase();
    if !lower.starts_with("<!doctype html") && !lower.starts_with("<html") {
        return None;
    }
    let text = text.trim_start();
    let title = lower.find("<title>").map(|at| at + "<title>".len());
    let title = title.and_then(|start| Some(&text[start..start + lower[start..].find("</title>")?]));
    Some(format!("an HTML page: {}", title.map_or("without a title", str::trim)))
}

fn truncate(text: &str) -> String {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}..", &text[..end]),
        None => text.to_owned(),
    }
}
