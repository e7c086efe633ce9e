//! Why a store could not be read or written.

use super::{EmbedError, Namespace};
use crate::node::Retryable;

/// Why a store could not be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A node asked for the store, and its app has none.
    #[error("node `{node}` of `{graph}` asks for the store, and the app was given none; set it with `.store(..)`")]
    NoStore {
        /// The graph.
        graph: &'static str,
        /// The node.
        node: &'static str,
    },
    /// No item can be in this namespace.
    #[error("{namespace} cannot be a namespace: {reason}")]
    InvalidNamespace {
        /// Its first 64 characters.
        namespace: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// No item can have this key.
    #[error("`{}` cannot be a key in {namespace}: {reason}", key.escape_debug())]
    InvalidKey {
        /// The namespace.
        namespace: Namespace,
        /// Its first 64 characters.
        key: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A value cannot be written as JSON.
    #[error("the `{ty}` for `{}` in {namespace} cannot be written as JSON: {source}", key.escape_debug())]
    Encode {
        /// The namespace.
        namespace: Namespace,
        /// The key.
        key: String,
        /// The type of the value.
        ty: &'static str,
        /// The cause.
        #[source]
        source: serde_json::Error,
    },
    /// A stored value does not fit the type that it is read as: the type has changed since, or the item is of another one.
    #[error("`{}` in {namespace} does not fit `{ty}`: {source}", key.escape_debug())]
    Decode {
        /// The namespace.
        namespace: Namespace,
        /// The key.
        key: String,
        /// The type that it is read as.
        ty: &'static str,
        /// What serde says.
        #[source]
        source: serde_json::Error,
    },
    /// A search by text in a store that has no index.
    #[error("a search by text needs an embedder, and the store has none; set one with `Store::index`")]
    NoIndex,
    /// A vector has another number of dimensions than the index: the embedder broke its word, or the item was written with
    /// another one.
    #[error("a vector of {place} has {found} dimensions, and the index has {expected}")]
    Dimensions {
        /// Where the vector is from: the embedder, or an item.
        place: String,
        /// The dimensions of the index.
        expected: usize,
        /// The dimensions of the vector.
        found: usize,
    },
    /// The embedder failed.
    #[error(transparent)]
    Embed(#[from] EmbedError),
    /// What is stored under a key cannot be read: something else than the store has changed it.
    #[error("`{}` in {namespace} is damaged: {reason}", key.escape_debug())]
    Damaged {
        /// The namespace.
        namespace: Namespace,
        /// The key.
        key: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The backend, or the embedder, panicked.
    #[error("the store panicked in `{operation}`: {message}")]
    Panic {
        /// The method that panicked.
        operation: &'static str,
        /// The panic's message.
        message: String,
    },
    /// The backend failed.
    #[error("the store failed: {0}")]
    Backend(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What the backend or the embedder could not do may succeed the next time; a wrong name, type or setting stays wrong.
impl Retryable for StoreError {
    fn is_retryable(&self) -> bool {
        matches!(self, Self::Backend(_) | Self::Embed(_))
    }
}
