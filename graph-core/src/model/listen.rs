//! Asking a model from inside a node, so that whoever streams the run hears it speak.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use uuid::Uuid;

use super::prompt::NOSTREAM;
use super::{ChatModel, ChunkStream, ModelError, Prompt};
use crate::context::{Payload, RunContext, Span, SpanKind};
use crate::message::{Message, MessageAccumulator, MessageChunk};
use crate::run::Mode;

/// Which model said something.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModelInfo {
    /// Who serves the model, such as `openai`.
    pub provider: String,
    /// Which model it is, in the provider's words.
    pub model: String,
    /// The tags of the prompt.
    pub tags: Arc<[String]>,
}

/// Asking a model through the context of a node: its tokens reach the stream of the run, and the `events` stream shows
/// when it began and ended.
///
/// ```
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
    /// The whole reply. Its tokens are streamed all the same to whoever listens to the run.
    ///
    /// # Errors
    /// The first error of the call or of its stream.
    fn invoke(
        &self,
        prompt: impl Into<Prompt> + Send,
        cx: &RunContext,
    ) -> impl Future<Output = Result<Message, ModelError>> + Send {
        async move {
            let mut reply = self.stream(prompt, cx).await?;
            while let Some(chunk) = reply.advance().await {
                chunk?;
            }
            Ok(reply.into_message())
        }
    }

    /// The reply piece by piece; each piece is streamed to whoever listens to the run, too.
    ///
    /// # Errors
    /// Whatever kept the reply from beginning; what goes wrong later is an item of the reply, and its last.
    fn stream(
        &self,
        prompt: impl Into<Prompt> + Send,
        cx: &RunContext,
    ) -> impl Future<Output = Result<Reply, ModelError>> + Send {
        async move {
            let prompt: Prompt = prompt.into();
            let aloud = cx.wants(Mode::MESSAGES) && !prompt.tags.iter().any(|tag| tag == NOSTREAM);
            let heard = aloud || cx.wants(Mode::EVENTS);
            let info = Arc::new(ModelInfo {
                provider: self.provider().to_owned(),
                model: self.model().to_owned(),
                tags: prompt.tags.iter().cloned().collect(),
            });
            let input = if heard { Payload::Messages(prompt.messages.clone()) } else { Payload::Nothing };
            let span = Span::open(cx, SpanKind::Model, self.name().into(), info.tags.clone(), input);
            match self.generate(prompt).await {
                Ok(chunks) => Ok(Reply {
                    chunks,
                    whole: MessageAccumulator::new(),
                    id: None,
                    cx: cx.clone(),
                    info,
                    span: Some(span),
                    heard,
                    aloud,
                    spoke: false,
                }),
                Err(error) => {
                    span.fail(&error);
                    Err(error)
                }
            }
        }
    }
}

impl<M: ChatModel + ?Sized> ChatModelExt for M {}

/// A model's reply while it is being written: a stream of its pieces. Dropping it cancels the call.
#[must_use = "a reply goes on only while it is read"]
pub struct Reply {
    chunks: ChunkStream,
    whole: MessageAccumulator,
    /// The id that every piece carries: the provider's, or one made up here.
    id: Option<Arc<str>>,
    cx: RunContext,
    info: Arc<ModelInfo>,
    span: Option<Span>,
    heard: bool,
    /// Whether the run's stream of messages gets its pieces.
    aloud: bool,
    /// Whether a piece has been handed to the run's stream, which then gets its turn before the next one is asked for.
    spoke: bool,
}

impl Reply {
    /// The next piece; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<MessageChunk, ModelError>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// What has been said so far.
    #[must_use]
    pub fn so_far(&self) -> &MessageAccumulator {
        &self.whole
    }

    /// The message that the pieces make up.
    #[must_use]
    pub fn into_message(self) -> Message {
        self.whole.finish()
    }

    /// [`next`](Self::next) without its piece.
    async fn advance(&mut self) -> Option<Result<(), ModelError>> {
        poll_fn(|cx| self.poll_piece(cx, |_| ())).await
    }

    fn poll_piece<T>(
        &mut self,
        cx: &mut Context<'_>,
        keep: impl FnOnce(&MessageChunk) -> T,
    ) -> Poll<Option<Result<T, ModelError>>> {
        if std::mem::take(&mut self.spoke) {
            // The stream's consumer takes the last piece before the model is asked for the next.
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        match ready!(self.chunks.as_mut().poll_next(cx)) {
            Some(Ok(chunk)) => {
                let chunk = self.named(chunk);
                self.whole.push(&chunk);
                let kept = keep(&chunk);
                self.say(chunk);
                Poll::Ready(Some(Ok(kept)))
            }
            Some(Err(error)) => {
                if let Some(span) = self.span.take() {
                    span.fail(&error);
                }
                Poll::Ready(Some(Err(error)))
            }
            None => {
                if let Some(span) = self.span.take().filter(Span::is_heard) {
                    span.end(Payload::Message(self.whole.clone().finish()));
                }
                Poll::Ready(None)
            }
        }
    }

    /// Gives a piece the id of its message.
    fn named(&mut self, chunk: MessageChunk) -> MessageChunk {
        if self.id.is_none() {
            let id = chunk.shared_id().cloned().unwrap_or_else(|| format!("run-{}", Uuid::new_v4()).into());
            if self.aloud {
                self.cx.sink.mark_streamed(&id);
            }
            self.id = Some(id);
        }
        match &self.id {
            Some(id) if chunk.shared_id() != Some(id) => chunk.with_id(id.clone()),
            _ => chunk,
        }
    }

    /// Hands a piece to whoever listens.
    fn say(&mut self, chunk: MessageChunk) {
        self.cx.heartbeat();
        if !self.heard {
            return;
        }
        self.spoke = true;
        if let Some(span) = self.span.as_ref().filter(|span| span.is_heard()) {
            span.piece(Payload::Chunk(chunk.clone()));
        }
        if self.aloud {
            self.cx.chunk(&self.info, chunk);
        }
    }
}

impl Stream for Reply {
    type Item = Result<MessageChunk, ModelError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(cx, MessageChunk::clone)
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply").field("model", &self.info).field("so_far", &self.whole).finish_non_exhaustive()
    }
}
