//! The trait of chat models.
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use futures_core::Stream;

use super::error::ModelError;
use super::prompt::Prompt;
use crate::message::{Message, MessageAccumulator, MessageChunk};

/// The chunks of one reply. Dropping it cancels the call.
pub type ChunkStream = Pin<Box<dyn Stream<Item = Result<MessageChunk, ModelError>> + Send>>;

/// A chat model: streams one reply to a [`Prompt`].
///
/// ```
/// use graph_core::model::{ChatModel, OfflineModel};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), graph_core::model::ModelError> {
/// let model: std::sync::Arc<dyn ChatModel> = std::sync::Arc::new(OfflineModel::new());
/// let reply = model.complete("What is 6 times 7?".into()).await?;
/// assert!(reply.text().contains("42"));
/// # Ok(()) }
/// ```
#[async_trait]
pub trait ChatModel: Send + Sync {
    /// The provider, such as `openai` or `scripted`; `LangSmith`'s `ls_provider`.
    fn provider(&self) -> &str;

    /// The provider's name of the model.
    fn model(&self) -> &str;

    /// The name of the model in events. LangChain shows a class here, such as `ChatOpenAI`.
    fn name(&self) -> &str {
        self.provider()
    }

    /// Begins one reply. The future ends when the provider has accepted the request; all chunks of the stream have the
    /// same id, and the last one is marked.
    ///
    /// # Errors
    /// The request failed. Later errors are the stream's last item.
    async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError>;

    /// The whole reply at once. Inside a node, prefer [`ChatModelExt`](super::ChatModelExt), which streams the tokens
    /// to the run.
    ///
    /// # Errors
    /// The first error of the call or of its stream.
    async fn complete(&self, prompt: Prompt) -> Result<Message, ModelError> {
        collect(self.generate(prompt).await?).await
    }
}

/// Reads a stream of chunks to its end and assembles the message.
///
/// # Errors
/// The first error in the stream.
pub async fn collect(mut chunks: ChunkStream) -> Result<Message, ModelError> {
    let mut reply = MessageAccumulator::new();
    while let Some(chunk) = poll_fn(|cx| chunks.as_mut().poll_next(cx)).await {
        reply.push(&chunk?);
    }
    Ok(reply.finish())
}

/// Forwards every method of the trait to the target of a pointer.
macro_rules! forward {
    ($($pointer:ident),*) => {$(
        #[async_trait]
        impl<T: ChatModel + ?Sized> ChatModel for $pointer<T> {
            fn provider(&self) -> &str {
                (**self).provider()
            }

            fn model(&self) -> &str {
                (**self).model()
            }

            fn name(&self) -> &str {
                (**self).name()
            }

            async fn generate(&self, prompt: Prompt) -> Result<ChunkStream, ModelError> {
                (**self).generate(prompt).await
            }

            async fn complete(&self, prompt: Prompt) -> Result<Message, ModelError> {
                (**self).complete(prompt).await
            }
        }
    )*};
}

forward!(Arc, Box);
