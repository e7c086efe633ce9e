//! One reply of a script.
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::super::error::ModelError;
use crate::message::{MessageChunk, ToolCallChunk, Usage};

/// One reply of a [`ScriptedModel`](super::ScriptedModel), step by step.
///
/// ```
/// use graph_core::model::Turn;
/// use std::time::Duration;
///
/// let text = Turn::new().id("ai-1").text("Hel").delay(Duration::from_millis(20)).text("lo").usage(5, 2);
/// let call = Turn::new()
///     .tool_call("call_1", "add", "")
///     .fragment(r#"{"a": 1,"#)
///     .fragment(r#" "b": 2}"#);
/// # let _ = (text, call);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Turn {
    pub(super) id: Option<Arc<str>>,
    pub(super) steps: Vec<Step>,
    calls: usize,
}

/// A step of a turn.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Chunk(MessageChunk),
    Delay(Duration),
    Error(ModelError),
}

impl Turn {
    /// A turn without steps: an empty reply.
    pub fn new() -> Self {
        Turn::default()
    }

    /// A reply of this text, one token for each word; a word includes the space before it.
    pub fn words(text: &str) -> Self {
        words(text).fold(Turn::new(), Turn::text)
    }

    /// Sets the message id, instead of a random one.
    #[must_use]
    pub fn id(mut self, id: impl Into<Arc<str>>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Adds a chunk; its id is set to that of the turn.
    #[must_use]
    pub fn chunk(mut self, chunk: MessageChunk) -> Self {
        self.steps.push(Step::Chunk(chunk));
        self
    }

    /// Adds a token of text.
    #[must_use]
    pub fn text(self, token: impl Into<String>) -> Self {
        self.chunk(MessageChunk::new(token))
    }

    /// Adds a token of reasoning.
    #[must_use]
    pub fn reasoning(self, token: impl Into<String>) -> Self {
        self.chunk(MessageChunk::new("").with_reasoning(token))
    }

    /// Begins a tool call: id, name, and the first fragment of the arguments, which may be empty.
    #[must_use]
    pub fn tool_call(mut self, id: impl Into<String>, name: impl Into<String>, args: impl Into<String>) -> Self {
        let call = ToolCallChunk::new(self.calls).with_id(id).with_name(name).with_args(args);
        self.calls += 1;
        self.chunk(MessageChunk::new("").with_tool_call_chunk(call))
    }

    /// Adds a fragment of the arguments to the last call.
    #[must_use]
    pub fn fragment(self, args: impl Into<String>) -> Self {
        let call = ToolCallChunk::new(self.calls.saturating_sub(1)).with_args(args);
        self.chunk(MessageChunk::new("").with_tool_call_chunk(call))
    }

    /// Adds a whole tool call in one chunk.
    #[must_use]
    pub fn call(self, id: impl Into<String>, name: impl Into<String>, args: &Value) -> Self {
        self.tool_call(id, name, args.to_string())
    }

    /// Adds the token usage of the call.
    #[must_use]
    pub fn usage(self, input_tokens: u64, output_tokens: u64) -> Self {
        self.chunk(MessageChunk::new("").with_usage(Usage::new(input_tokens, output_tokens)))
    }

    /// Adds the finish reason.
    #[must_use]
    pub fn finish_reason(self, reason: impl Into<String>) -> Self {
        self.chunk(MessageChunk::new("").with_finish_reason(reason))
    }

    /// Adds a pause, on tokio's clock.
    #[must_use]
    pub fn delay(mut self, pause: Duration) -> Self {
        self.steps.push(Step::Delay(pause));
        self
    }

    /// Adds an error, which ends the turn. As the first step it is the error of the call itself.
    #[must_use]
    pub fn error(mut self, error: ModelError) -> Self {
        self.steps.push(Step::Error(error));
        self
    }
}

/// A plain reply, one token for each word.
impl From<&str> for Turn {
    fn from(text: &str) -> Self {
        Turn::words(text)
    }
}

/// A plain reply, one token for each word.
impl From<String> for Turn {
    fn from(text: String) -> Self {
        Turn::words(&text)
    }
}

/// Splits before each run of white space, so that the pieces concatenate to the text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = rest.find(|c: char| !c.is_whitespace())?;
        let end = rest[word..].find(char::is_whitespace).map_or(rest.len(), |length| word + length);
        // White space at the very end belongs to the last word.
        let end = if rest[end..].trim().is_empty() { rest.len() } else { end };
        let (token, tail) = rest.split_at(end);
        rest = tail;
        Some(token)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_make_up_the_text() {
        for text in ["hello world", "  a  b\n\nc ", "one", "", "é à"] {
            assert_eq!(super::words(text).collect::<String>(), text);
        }
        assert_eq!(super::words("hello big world").collect::<Vec<_>>(), ["hello", " big", " world"]);
    }
}
