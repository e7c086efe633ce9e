//! What a cache does.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use async_trait::async_trait;

/// Keeps what nodes wrote, by what they read.
///
/// A cache that fails does not fail a run: the node runs as it would without one, and a `tracing` warning says why.
#[async_trait]
pub trait NodeCache: Send + Sync + 'static {
    /// What was kept under this key, unless its time is over.
    ///
    /// # Errors
    /// The cache cannot be asked.
    async fn get(&self, key: &CacheKey) -> Result<Option<Vec<u8>>, CacheError>;

    /// Keeps a value under this key, in place of an earlier one: for so long, or as long as the cache likes.
    ///
    /// # Errors
    /// The value cannot be kept.
    async fn set(&self, key: &CacheKey, value: Vec<u8>, ttl: Option<Duration>) -> Result<(), CacheError>;

    /// Forgets all that a node of a graph wrote.
    ///
    /// # Errors
    /// The cache cannot be changed.
    async fn clear(&self, graph: &str, node: &str) -> Result<(), CacheError>;
}

/// What a value is kept under: the node, and what it read, whole. It is no hash, so that what was written for one input
/// is never given for another; a cache is free to shorten it by a hash that it trusts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CacheKey {
    /// The graph.
    pub graph: &'static str,
    /// The name of the node in the graph.
    pub node: &'static str,
    /// What it read, or what its key function made of that: JSON, with the keys of maps in order.
    pub input: String,
}

impl fmt::Display for CacheKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { graph, node, input } = self;
        write!(f, "{graph}/{node}/{input}")
    }
}

/// A cache failed.
#[derive(Debug, thiserror::Error)]
#[error("the cache failed: {0}")]
pub struct CacheError(#[source] Box<dyn StdError + Send + Sync>);

impl CacheError {
    /// A cache failed for this reason.
    pub fn new(error: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(error.into())
    }
}
