//! The trait of embedding models.

use std::error::Error as StdError;

use async_trait::async_trait;

/// Turns texts into vectors, such that texts of similar meaning have vectors of similar direction.
#[async_trait]
pub trait Embedder: Send + Sync + 'static {
    /// The number of dimensions of every vector.
    fn dimensions(&self) -> usize;

    /// The vectors of these texts, in their order.
    ///
    /// # Errors
    /// The model failed.
    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError>;
}

/// An embedder failed.
#[derive(Debug, thiserror::Error)]
#[error("the embedder failed: {0}")]
pub struct EmbedError(#[source] Box<dyn StdError + Send + Sync>);

impl EmbedError {
    /// An error with this cause.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(error.into())
    }
}
