//! The server's JSON, parsed leniently: any key may be missing or `null`.
use serde::Deserialize;
use serde_json::{Map, Value};

/// An event of a stream.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Event {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) index: Option<u64>,
    pub(super) message: Option<Reply>,
    pub(super) content_block: Option<Map<String, Value>>,
    pub(super) delta: Option<Delta>,
    pub(super) usage: Option<Value>,
    pub(super) error: Option<Value>,
}

/// A piece of a content block, or of the message.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Delta {
    pub(super) text: Option<String>,
    pub(super) partial_json: Option<String>,
    pub(super) thinking: Option<String>,
    pub(super) signature: Option<String>,
    pub(super) citation: Option<Value>,
    #[serde(flatten)]
    pub(super) stop: Stop,
}

/// Why the model stopped.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Stop {
    #[serde(rename = "stop_reason")]
    pub(super) reason: Option<String>,
    #[serde(rename = "stop_sequence")]
    pub(super) sequence: Option<String>,
    #[serde(rename = "stop_details")]
    pub(super) details: Option<Value>,
}

/// A message: whole, or as it begins.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Reply {
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    pub(super) id: Option<String>,
    pub(super) model: Option<String>,
    pub(super) content: Option<Vec<Map<String, Value>>>,
    pub(super) usage: Option<Value>,
    pub(super) error: Option<Value>,
    #[serde(flatten)]
    pub(super) stop: Stop,
}
