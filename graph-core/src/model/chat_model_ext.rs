//! Calls of a model inside a node, streamed to the run.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::prompt::NOSTREAM;
use super::remembered::{ReplyMemory, WholeReply};
use super::{ChatModel, ChunkStream, ModelError, Prompt, Structured, StructuredOutput};
use crate::context::{Payload, RunContext, Span, SpanKind};
use crate::message::{Message, MessageAccumulator, MessageChunk};
use crate::run::Mode;

/// The model behind a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModelInfo {
    /// The provider, such as `openai`.
    pub provider: String,
    /// The provider's name of the model.
    pub model: String,
    /// The tags of the prompt.
    pub tags: Arc<[String]>,
}

/// A call of a model: a future. A type of its own, because rustc reports a prompt that is none three times where the trait's
/// method returns an `impl Future`.
pub type ModelCall<'a, T> = Pin<Box<dyn Future<Output = Result<T, ModelError>> + Send + 'a>>;

/// Calls of a model through a node's context: its tokens become parts of the run's stream, and the `events` stream
/// shows when the call began and ended.
///
/// ```
/// use graph_core::model::ScriptedModel;
/// use graph_core::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let model = ScriptedModel::new().reply("hello there");
/// let mut chunks = model.stream("hi", &RunContext::detached()).await?;
/// while let Some(chunk) = chunks.next().await {
///     println!("{}", chunk?.text());
/// }
/// # Ok(())
/// # }
/// ```
pub trait ChatModelExt: ChatModel {
    /// The whole reply. Its tokens are still streamed to the run.
    ///
    /// On a thread, a complete reply is saved before the node goes on: a node that runs again after an interrupt or a crash
    /// gets it for the same prompt, without a call of the model and without tokens. A node that is retried calls the model
    /// again.
    ///
    /// # Errors
    /// The first error of the call or of its stream.
    fn invoke<'a>(&'a self, prompt: impl Into<Prompt>, cx: &'a RunContext) -> ModelCall<'a, Message> {
        let prompt = prompt.into();
        Box::pin(async move {
            let mut reply = self.stream(prompt, cx).await?;
            while let Some(chunk) = reply.advance().await {
                chunk?;
            }
            Ok(reply.into_message())
        })
    }

    /// The reply chunk by chunk; each chunk is streamed to the run, too.
    ///
    /// # Errors
    /// The request failed. Later errors are the reply's last item.
    fn stream<'a>(&'a self, prompt: impl Into<Prompt>, cx: &'a RunContext) -> ModelCall<'a, Reply> {
        let prompt = prompt.into();
        Box::pin(async move {
            let streams_chunks = cx.wants(Mode::MESSAGES) && !prompt.tags.iter().any(|tag| tag == NOSTREAM);
            let is_observed = streams_chunks || cx.wants(Mode::EVENTS);
            let info = Arc::new(ModelInfo {
                provider: self.provider().to_owned(),
                model: self.model().to_owned(),
                tags: prompt.tags.iter().cloned().collect(),
            });
            let input = if is_observed { Payload::Messages(prompt.messages.clone()) } else { Payload::Nothing };
            let span = Span::open(cx, SpanKind::Model, self.name().into(), info.tags.clone(), input);
            let memory = ReplyMemory::of(cx, &info.provider, &info.model, &prompt);
            if let Some(reply) = memory.as_ref().and_then(ReplyMemory::reply) {
                return Ok(Reply {
                    chunks: Box::pin(WholeReply(Some(reply))),
                    so_far: MessageAccumulator::new(),
                    id: None,
                    cx: cx.clone(),
                    info,
                    span: Some(span),
                    // The node's update shows it whole: its tokens have been streamed before.
                    is_observed: false,
                    streams_chunks: false,
                    just_streamed: false,
                    memory: None,
                    saving: None,
                    has_ended: false,
                });
            }
            match self.generate(prompt).await {
                Ok(chunks) => Ok(Reply {
                    chunks,
                    memory,
                    saving: None,
                    has_ended: false,
                    so_far: MessageAccumulator::new(),
                    id: None,
                    cx: cx.clone(),
                    info,
                    span: Some(span),
                    is_observed,
                    streams_chunks,
                    just_streamed: false,
                }),
                Err(error) => {
                    span.fail(&error);
                    Err(error)
                }
            }
        })
    }

    /// The model as one that answers with values of type `T`.
    fn structured<T: StructuredOutput>(&self) -> Structured<'_, Self, T> {
        Structured::new(self)
    }
}

impl<M: ChatModel + ?Sized> ChatModelExt for M {}

/// A model's reply while it arrives: a stream of chunks. Dropping it cancels the call.
#[must_use = "a reply goes on only while it is read"]
pub struct Reply {
    chunks: ChunkStream,
    so_far: MessageAccumulator,
    /// The id of every chunk: the provider's, or a generated one.
    id: Option<Arc<str>>,
    cx: RunContext,
    info: Arc<ModelInfo>,
    span: Option<Span>,
    is_observed: bool,
    /// Whether the run streams its chunks as messages.
    streams_chunks: bool,
    /// Where the thread remembers it, until it is complete.
    memory: Option<ReplyMemory>,
    /// The complete reply is being saved.
    saving: Option<oneshot::Receiver<()>>,
    /// Whether its last chunk has arrived.
    has_ended: bool,
    /// Whether a chunk was just streamed: the run's stream is then polled before the next chunk is requested.
    just_streamed: bool,
}

impl Reply {
    /// The next chunk; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<MessageChunk, ModelError>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// The reply so far.
    #[must_use]
    pub fn so_far(&self) -> &MessageAccumulator {
        &self.so_far
    }

    /// The message assembled from the chunks.
    #[must_use]
    pub fn into_message(self) -> Message {
        self.so_far.finish()
    }

    /// [`next`](Self::next) without the chunk.
    async fn advance(&mut self) -> Option<Result<(), ModelError>> {
        poll_fn(|cx| self.poll_chunk(cx, |_| ())).await
    }

    fn poll_chunk<T>(
        &mut self,
        cx: &mut Context<'_>,
        keep: impl FnOnce(&MessageChunk) -> T,
    ) -> Poll<Option<Result<T, ModelError>>> {
        if std::mem::take(&mut self.just_streamed) {
            // The stream's consumer takes the last chunk before the next one is requested.
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        match if self.has_ended { None } else { ready!(self.chunks.as_mut().poll_next(cx)) } {
            Some(Ok(chunk)) => {
                let chunk = self.with_message_id(chunk);
                self.so_far.push(&chunk);
                let kept = keep(&chunk);
                self.emit(chunk);
                Poll::Ready(Some(Ok(kept)))
            }
            Some(Err(error)) => {
                self.memory = None;
                if let Some(span) = self.span.take() {
                    span.fail(&error);
                }
                Poll::Ready(Some(Err(error)))
            }
            None => {
                self.has_ended = true;
                if let Some(memory) = self.memory.take() {
                    self.saving = memory.save(&self.so_far.clone().finish());
                }
                if let Some(saving) = &mut self.saving {
                    if ready!(Pin::new(saving).poll(cx)).is_err() {
                        // It could not be saved, and the run fails by that error.
                        return Poll::Pending;
                    }
                    self.saving = None;
                }
                if let Some(span) = self.span.take().filter(Span::is_streamed) {
                    span.end(Payload::Message(self.so_far.clone().finish()));
                }
                Poll::Ready(None)
            }
        }
    }

    /// Sets a chunk's id to that of the message.
    fn with_message_id(&mut self, chunk: MessageChunk) -> MessageChunk {
        if self.id.is_none() {
            let id = chunk.shared_id().cloned().unwrap_or_else(|| format!("run-{}", Uuid::new_v4()).into());
            if self.streams_chunks {
                self.cx.sink.mark_streamed(&id);
            }
            self.id = Some(id);
        }
        match &self.id {
            Some(id) if chunk.shared_id() != Some(id) => chunk.with_id(id.clone()),
            _ => chunk,
        }
    }

    /// Streams a chunk to the run.
    fn emit(&mut self, chunk: MessageChunk) {
        self.cx.heartbeat();
        if !self.is_observed {
            return;
        }
        self.just_streamed = true;
        if let Some(span) = self.span.as_ref().filter(|span| span.is_streamed()) {
            span.chunk(Payload::Chunk(chunk.clone()));
        }
        if self.streams_chunks {
            self.cx.chunk(&self.info, chunk);
        }
    }
}

impl Stream for Reply {
    type Item = Result<MessageChunk, ModelError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx, MessageChunk::clone)
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply").field("model", &self.info).field("so_far", &self.so_far).finish_non_exhaustive()
    }
}
