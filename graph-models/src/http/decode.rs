//! What a protocol brings: how the events of a response become chunks.
use std::sync::Arc;

use graph_core::message::{MessageChunk, Usage};
use graph_core::model::ApiError;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::failure::from_json;
use crate::sse::SseEvent;

/// Decodes the events of one reply into chunks.
pub(crate) trait Decode: Send + Unpin + 'static {
    /// What an event is, for errors: `a chat completion`.
    const EXPECTED: &'static str;

    /// Decodes one event.
    fn event(&mut self, event: &SseEvent, chunks: &mut Vec<MessageChunk>) -> Result<Progress, Fault>;

    /// Decodes a reply that was not streamed.
    fn whole(&mut self, body: &str, chunks: &mut Vec<MessageChunk>) -> Result<(), Fault>;

    /// Whether the reply is complete although the body ended without the protocol's mark.
    fn is_complete(&self) -> bool {
        false
    }

    /// What is known of the reply.
    fn head(&mut self) -> &mut Head;

    /// The last chunk, with what is complete only at the end.
    fn last(&mut self) -> MessageChunk {
        self.head().last()
    }
}

/// Whether the reply goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    More,
    /// The protocol's mark of the end: what follows is not read.
    End,
}

/// What is wrong with an event.
#[derive(Debug)]
pub(crate) enum Fault {
    /// It does not follow the protocol, for this reason.
    Unparsable(String),
    /// It reports an error.
    Reported(Box<ApiError>),
}

impl Fault {
    /// An error in one of the known forms.
    pub(crate) fn reported(error: &Value) -> Self {
        Fault::Reported(Box::new(from_json(None, error)))
    }

    /// A key is missing.
    pub(crate) fn missing(key: &str) -> Self {
        Fault::Unparsable(format!("it has no `{key}`"))
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Fault::Unparsable(error.to_string())
    }
}

/// Parses an object. A structure alone would take a list, too.
pub(crate) fn object<T: DeserializeOwned>(json: &str) -> Result<T, Fault> {
    if !json.trim_start().starts_with('{') {
        serde_json::from_str::<IgnoredAny>(json)?;
        return Err(Fault::Unparsable("it is no object".to_owned()));
    }
    Ok(serde_json::from_str(json)?)
}

/// What all protocols say about a reply: its id, usage, finish reason and metadata.
#[derive(Default)]
pub(crate) struct Head {
    id: Option<Arc<str>>,
    pub(crate) usage: Option<Usage>,
    finish_reason: Option<String>,
    metadata: Map<String, Value>,
}

impl Head {
    /// Sets the id of the message; the first one counts.
    pub(crate) fn set_id(&mut self, id: Option<&str>) {
        if self.id.is_none() {
            self.id = id.filter(|id| !id.is_empty()).map(Arc::from);
        }
    }

    /// The id of the message: the server's, or a generated one.
    pub(crate) fn id(&mut self) -> Arc<str> {
        self.id.get_or_insert_with(|| format!("run-{}", Uuid::new_v4()).into()).clone()
    }

    /// Keeps a value as response metadata, unless it is empty.
    pub(crate) fn keep(&mut self, key: &str, value: Option<Value>) {
        if let Some(value) = value.filter(|value| !value.is_null() && *value != "") {
            self.metadata.insert(key.to_owned(), value);
        }
    }

    /// Sets the finish reason; an empty one is none.
    pub(crate) fn finish(&mut self, reason: &str) {
        if !reason.is_empty() {
            self.finish_reason = Some(reason.to_owned());
        }
    }

    /// Sets the finish reason in the words of OpenAI's chat, and keeps the provider's own word beside it.
    pub(crate) fn finish_as(&mut self, reason: &str, native: &str) {
        self.finish(reason);
        self.keep("native_finish_reason", Some(native.into()));
    }

    pub(crate) fn is_finished(&self) -> bool {
        self.finish_reason.is_some()
    }

    /// Adds a chunk, with the id of the message, if it says anything.
    pub(crate) fn push(&mut self, chunks: &mut Vec<MessageChunk>, chunk: MessageChunk) {
        let says_nothing = chunk.is_silent()
            && chunk.blocks().is_empty()
            && chunk.reasoning_signature().is_none()
            && chunk.additional_kwargs().is_none()
            && chunk.response_metadata().is_none();
        if !says_nothing {
            chunks.push(chunk.with_id(self.id()));
        }
    }

    /// The last chunk.
    pub(crate) fn last(&mut self) -> MessageChunk {
        let mut chunk = MessageChunk::new("").with_id(self.id()).into_last();
        for (key, value) in std::mem::take(&mut self.metadata) {
            chunk = chunk.with_response_metadata(key, value);
        }
        if let Some(reason) = &self.finish_reason {
            chunk = chunk.with_finish_reason(reason);
        }
        match self.usage.take() {
            Some(usage) => chunk.with_usage(usage),
            None => chunk,
        }
    }
}
