//! The cache policy: a cached node is skipped if it has run with the same inputs.

use std::future::Future;
use std::time::Duration;

use tracing::warn;

use crate::__private::CacheCodec;
use crate::cache::CacheKey;
use crate::checkpoint::FormatError;
use crate::context::RunContext;
use crate::node::{NodeError, NodeResult};

/// Whether the app has a cache, so that a key is needed.
pub fn has_cache(cx: &RunContext) -> bool {
    cx.cache().is_some()
}

/// Returns the cached update of this key, or runs the node and caches its update.
///
/// # Errors
/// Those of the node, and a cache key that cannot be encoded.
pub async fn cached<C: CacheCodec<U, R>, U, R>(
    cx: &RunContext,
    ttl: Option<Duration>,
    key: Option<Result<Vec<u8>, FormatError>>,
    run: impl Future<Output = NodeResult<(U, R)>>,
) -> NodeResult<(U, R)> {
    let (Some(cache), Some(key)) = (cx.cache(), key) else { return run.await };
    let node = cx.node();
    let unwritable =
        |error| NodeError::permanent(NodeError::msg(format!("the cache key of `{node}` cannot be encoded: {error}")));
    let input = key.map_err(unwritable)?;
    let key = CacheKey { graph: cx.run().graph, node, input };
    match cache.get(&key).await {
        // An entry that cannot be decoded, because the update has changed since, is replaced.
        Ok(bytes) => {
            if let Some(ended) = bytes.and_then(|bytes| C::decode(&bytes).ok()) {
                cx.note_cached();
                return Ok(ended);
            }
        }
        Err(error) => warn!(graph = key.graph, node, %error, "a node runs that may have been cached"),
    }
    let (update, route) = run.await?;
    if cx.has_pushed() {
        // A cached entry could not hold the pushed messages.
        return Ok((update, route));
    }
    let kept = match C::encode(&update, &route) {
        Ok(bytes) => cache.set(&key, bytes, ttl).await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(error) = kept {
        warn!(graph = key.graph, node, %error, "what a node wrote cannot be cached");
    }
    Ok((update, route))
}
