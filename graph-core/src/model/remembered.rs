//! Replies that a thread remembers: a node that runs again, after an interrupt or a crash, does not buy them twice.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde::Serialize;
use serde_json::Value;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{ModelError, Prompt};
use crate::checkpoint::format::{read_value, write_value};
use crate::checkpoint::{Remembered, RememberedKind};
use crate::context::{RunContext, TaskId};
use crate::message::{Message, MessageChunk};
use crate::run::Memory;

/// The place of a reply in the memory of its task.
///
/// The prompt is part of it, and so is the attempt: a node that is tried again asks the model again.
pub(super) struct ReplyMemory {
    memory: Arc<Memory>,
    task: usize,
    key: Uuid,
    name: String,
}

/// What makes a prompt.
#[derive(Serialize)]
struct Asked<'a> {
    provider: &'a str,
    model: &'a str,
    messages: Vec<Value>,
    tools: Value,
    options: Value,
}

impl ReplyMemory {
    /// `None` without a thread, and for a prompt that cannot be written as JSON.
    pub(super) fn of(cx: &RunContext, provider: &str, model: &str, prompt: &Prompt) -> Option<Self> {
        let memory = cx.run().memory.clone()?;
        let messages = prompt.messages.iter().map(without_id).collect::<Option<_>>()?;
        let (tools, options) =
            (serde_json::to_value(&*prompt.tools).ok()?, serde_json::to_value(&prompt.options).ok()?);
        let asked = serde_json::to_string(&Asked { provider, model, messages, tools, options }).ok()?;
        let hash = TaskId::new(Uuid::nil(), 0, &asked, 0);
        let name = format!("model {hash}, attempt {}", cx.attempt());
        let key = memory.next_key(cx, &name);
        Some(Self { memory, task: cx.run().root_task(&cx.task), key, name })
    }

    /// The reply of an earlier run of the task.
    pub(super) fn reply(&self) -> Option<Message> {
        read_value(&self.memory.result(self.key)?).ok()
    }

    /// Remembers a reply. The receiver gets a message once it is saved.
    pub(super) fn save(self, reply: &Message) -> Option<oneshot::Receiver<()>> {
        let Self { memory, task, key, name } = self;
        let value = write_value(reply).ok()?;
        Some(memory.remember(Remembered { task, kind: RememberedKind::Step, key, name, value }))
    }
}

/// A remembered reply, as one chunk.
pub(super) struct WholeReply(pub Option<Message>);

impl Stream for WholeReply {
    type Item = Result<MessageChunk, ModelError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(|reply| Ok(reply.into())))
    }
}

/// A message without its id, which differs where the node makes it.
fn without_id(message: &Message) -> Option<Value> {
    let mut message = serde_json::to_value(message).ok()?;
    if let Value::Object(fields) = &mut message {
        fields.remove("id");
    }
    Some(message)
}
