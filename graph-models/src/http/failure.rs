//! Converts a provider's error to `ModelError`.
use std::time::Duration;

use graph_core::model::{ApiError, ModelError};
use serde_json::Value;

use super::decode::Fault;
use super::redact::Redactor;

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
        retry_after: retry_delay(error),
        request_id: value["request_id"].as_str().map(ToOwned::to_owned),
        ..ApiError::default()
    }
}

/// The wait in Google's form: `{"details": [{"retryDelay": "30s"}]}`.
fn retry_delay(error: &Value) -> Option<Duration> {
    let delays = error["details"].as_array()?.iter().filter_map(|detail| detail["retryDelay"].as_str());
    let mut seconds = delays.filter_map(|delay| delay.strip_suffix('s')?.parse::<f64>().ok());
    seconds.find_map(|seconds| Duration::try_from_secs_f64(seconds).ok())
}

/// What the messages say of a prompt that is too long, where no code says it.
const TOO_LONG: [&str; 7] = [
    "maximum context length",
    "context size",
    "context window",
    "context length",
    "context limit",
    "prompt is too long",
    "input token count",
];

/// Classifies an error by its cause, and removes secrets from its texts.
pub(super) fn classify(mut error: ApiError, redactor: &Redactor) -> ModelError {
    error.message = redactor.clean(&error.message);
    for text in [&mut error.body, &mut error.kind, &mut error.code, &mut error.param] {
        *text = text.take().map(|text| redactor.clean(&text));
    }
    let words: Vec<String> = [&error.kind, &error.code].into_iter().flatten().map(|w| w.to_ascii_lowercase()).collect();
    let says = |any: &[&str]| any.iter().any(|word| words.iter().any(|said| said.contains(word)));
    let code = || error.code.as_deref().and_then(|code| code.parse().ok());
    let status: u16 = error.status.or_else(code).unwrap_or_default();
    let message = error.message.to_ascii_lowercase();
    let tells = |any: &[&str]| any.iter().any(|words| message.contains(words));

    let variant = if says(&["insufficient_quota", "billing"]) || status == 402 || tells(&["credit balance is too low"])
    {
        ModelError::QuotaExhausted
    } else if says(&["context_length", "exceed_context_size"])
        || (matches!(status, 0 | 400 | 413 | 422) && tells(&TOO_LONG))
    {
        ModelError::ContextOverflow
    } else if says(&["content_filter", "content_policy", "invalid_prompt"]) {
        ModelError::ContentFilter
    } else if status == 429 || says(&["rate_limit", "resource_exhausted"]) {
        ModelError::RateLimit
    } else if matches!(status, 401 | 403)
        || says(&[
            "authentication_error",
            "permission_error",
            "permission_denied",
            "unauthenticated",
            "invalid_api_key",
        ])
        || tells(&["api key not valid"])
    {
        ModelError::Authentication
    } else if matches!(status, 503 | 529)
        || says(&["overloaded", "unavailable", "slow_down"])
        || (status == 0 && tells(&["overloaded", "server busy"]))
    {
        ModelError::Overloaded
    } else {
        ModelError::Api
    };
    variant(Box::new(error))
}

/// How many characters of an unparsable event are shown.
const SHOWN: usize = 200;

/// Converts the fault of an event to an error.
pub(super) fn of_event(fault: Fault, data: &str, expected: &str, context: &Context) -> ModelError {
    match fault {
        Fault::Reported(mut error) => {
            error.request_id = error.request_id.or_else(|| context.request_id.clone());
            classify(*error, &context.redactor)
        }
        Fault::Unparsable(why) => {
            let start: String = context.redactor.clean(data).chars().take(SHOWN).collect();
            let why = context.redactor.clean(&why);
            context.bad_response(&format!("expected {expected}, found `{start}`: {why}"))
        }
    }
}

/// What an error of a response needs to know.
#[derive(Clone, Default)]
pub(super) struct Context {
    pub(super) redactor: Redactor,
    pub(super) request_id: Option<String>,
}

impl Context {
    pub(super) fn bad_response(&self, problem: &str) -> ModelError {
        ModelError::BadResponse { problem: self.with_request_id(problem) }
    }

    pub(super) fn truncated(&self, problem: &str) -> ModelError {
        ModelError::Truncated { problem: self.with_request_id(problem) }
    }

    fn with_request_id(&self, problem: &str) -> String {
        match &self.request_id {
            Some(id) => format!("{problem} (request {id})"),
            None => problem.to_owned(),
        }
    }
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
