//! The server's JSON, parsed leniently: any key may be missing or `null`.
use serde::Deserialize;
use serde_json::Value;

/// A line of a stream, or a whole response.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Line {
    pub(super) model: Option<String>,
    pub(super) created_at: Option<Value>,
    pub(super) message: Option<Reply>,
    pub(super) done: Option<bool>,
    pub(super) done_reason: Option<String>,
    pub(super) prompt_eval_count: Option<u64>,
    pub(super) eval_count: Option<u64>,
    pub(super) total_duration: Option<Value>,
    pub(super) load_duration: Option<Value>,
    pub(super) prompt_eval_duration: Option<Value>,
    pub(super) eval_duration: Option<Value>,
    pub(super) error: Option<Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Reply {
    pub(super) content: Option<String>,
    pub(super) thinking: Option<String>,
    pub(super) tool_calls: Option<Vec<Call>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Call {
    pub(super) id: Option<String>,
    pub(super) function: Option<Function>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Function {
    pub(super) name: Option<String>,
    pub(super) arguments: Option<Value>,
}
