//! The server's JSON, parsed leniently: any key may be missing or `null`.
use serde::Deserialize;
use serde_json::{Map, Value};

/// A chunk of a stream, or a whole response.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Reply {
    pub(super) id: Option<String>,
    pub(super) model: Option<String>,
    pub(super) system_fingerprint: Option<String>,
    pub(super) service_tier: Option<Value>,
    pub(super) choices: Option<Vec<Choice>>,
    pub(super) usage: Option<Value>,
    pub(super) error: Option<Value>,
    /// vLLM's errors have this `object`, with the error's fields at the top level.
    pub(super) object: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    pub(super) index: Option<u64>,
    /// In streamed responses.
    pub(super) delta: Option<Delta>,
    /// In whole responses.
    pub(super) message: Option<Delta>,
    pub(super) finish_reason: Option<String>,
    pub(super) logprobs: Option<Value>,
}

/// A message, or a chunk of one.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Delta {
    /// A string; some servers send a list of blocks.
    pub(super) content: Option<Value>,
    /// DeepSeek, llama.cpp, SGLang, Qwen, older vLLM.
    pub(super) reasoning_content: Option<Value>,
    /// Newer vLLM, OpenRouter, Groq, Ollama.
    pub(super) reasoning: Option<Value>,
    /// OpenRouter; to be sent back.
    pub(super) reasoning_details: Option<Value>,
    pub(super) refusal: Option<String>,
    pub(super) tool_calls: Option<Vec<Call>>,
    /// OpenAI's form before `tool_calls`.
    pub(super) function_call: Option<Function>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Call {
    pub(super) index: Option<Value>,
    pub(super) id: Option<String>,
    pub(super) function: Option<Function>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Function {
    pub(super) name: Option<String>,
    /// A string; some servers send the object itself.
    pub(super) arguments: Option<Value>,
}

impl Reply {
    /// The server's error, reported instead of a reply.
    pub(super) fn take_error(&mut self) -> Option<Value> {
        // Some servers put an empty `error` in each chunk.
        let error = self.error.take().filter(|error| match error {
            Value::Null | Value::Bool(false) => false,
            Value::String(text) => !text.is_empty(),
            Value::Object(map) => !map.is_empty(),
            _ => true,
        })?;
        Some(Value::Object(Map::from_iter([("error".to_owned(), error)])))
    }
}

/// The text in a value that is a string, or a list of blocks with text.
pub(super) fn text(value: Option<Value>) -> String {
    match value {
        Some(Value::String(text)) => text,
        Some(Value::Array(blocks)) => blocks.iter().filter_map(|block| block["text"].as_str()).collect(),
        _ => String::new(),
    }
}
