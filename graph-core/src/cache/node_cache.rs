//! The trait of caches.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

/// Stores updates by the inputs of their nodes.
///
/// An error of the cache does not fail a run: the node runs as without a cache, and a `tracing` warning has the reason.
#[async_trait]
pub trait NodeCache: Send + Sync + 'static {
    /// The value under this key, unless it has expired.
    ///
    /// # Errors
    /// The cache cannot be read.
    async fn get(&self, key: &CacheKey) -> Result<Option<Vec<u8>>, CacheError>;

    /// Stores a value under this key, overwriting an earlier one; `ttl: None` leaves the time to the cache.
    ///
    /// # Errors
    /// The value cannot be stored.
    async fn set(&self, key: &CacheKey, value: Vec<u8>, ttl: Option<Duration>) -> Result<(), CacheError>;

    /// Deletes all updates of one node of a graph.
    ///
    /// # Errors
    /// The cache cannot be changed.
    async fn clear(&self, graph: &str, node: &str) -> Result<(), CacheError>;
}

/// The key of a cached update: the node and its inputs in full. It is not hashed, so that different inputs never share
/// an update; a cache may hash it with a function that it trusts.
/// `Display` writes it as `graph/node/input`, with the input in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CacheKey {
    /// The name of the graph.
    pub graph: &'static str,
    /// The name of the node in the graph.
    pub node: &'static str,
    /// The node's inputs, or the result of its key function: MessagePack, as values are saved, with maps sorted by key.
    pub input: Vec<u8>,
}

impl fmt::Display for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { graph, node, input } = self;
        write!(f, "{graph}/{node}/")?;
        input.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A cache failed.
#[derive(Debug, thiserror::Error)]
#[error("the cache failed: {0}")]
pub struct CacheError(#[source] Box<dyn StdError + Send + Sync>);

impl CacheError {
    /// A cache error with this cause.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(error.into())
    }
}
