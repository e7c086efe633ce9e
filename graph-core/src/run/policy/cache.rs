//! The cache policy: a cached node is skipped if it has run with the same inputs.

use std::future::Future;
use std::time::Duration;

use serde_json::{Error as JsonError, Value};
use tracing::warn;

use crate::__private::CacheCodec;
use crate::cache::CacheKey;
use crate::context::RunContext;
use crate::node::{NodeError, NodeResult};

/// Whether a key is of use: whether the app has a cache.
pub fn has_cache(cx: &RunContext) -> bool {
    cx.cache().is_some()
}

/// Gives what the node wrote the last time under this key; else runs it, and keeps what it writes.
pub async fn cached<C: CacheCodec<U, R>, U, R>(
    cx: &RunContext,
    ttl: Option<Duration>,
    key: Option<Result<Vec<Value>, JsonError>>,
    run: impl Future<Output = NodeResult<(U, R)>>,
) -> NodeResult<(U, R)> {
    let (Some(cache), Some(key)) = (cx.cache(), key) else { return run.await };
    let node = cx.node();
    let unreadable =
        |error| NodeError::permanent(NodeError::msg(format!("the cache key of `{node}` is no JSON: {error}")));
    let input = Value::Array(key.map_err(unreadable)?).to_string();
    let key = CacheKey { graph: cx.run().graph, node, input };
    match cache.get(&key).await {
        // What cannot be read any more, because the update has changed since, is written anew.
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
        // What it wrote is more than what it returned.
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
