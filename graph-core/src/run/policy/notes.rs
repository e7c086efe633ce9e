//! What a node and its policies tell each other while one of its tasks runs.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use crate::node::NodeFailure;

/// What a node and its policies tell each other while one of its tasks runs. Only tasks have it whose policies need it.
#[derive(Debug)]
pub(crate) struct Notes {
    made: Instant,
    /// When the node last gave a sign of life, in nanoseconds since the notes were made.
    beat: AtomicU64,
    /// Whether the node was not run, because what it writes was in the cache.
    pub cached: AtomicBool,
    /// Whether the node pushed a message: what it wrote is then more than what it returned.
    pub pushed: AtomicBool,
    /// The failure of the node, once it is its handler's turn.
    pub failure: OnceLock<NodeFailure>,
}

impl Notes {
    pub(crate) fn new() -> Self {
        Self {
            made: Instant::now(),
            beat: AtomicU64::new(0),
            cached: AtomicBool::new(false),
            pushed: AtomicBool::new(false),
            failure: OnceLock::new(),
        }
    }

    /// The node gives a sign of life.
    pub(crate) fn beat(&self) {
        let now = u64::try_from(self.made.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.beat.store(now, Ordering::Relaxed);
    }

    /// When the node last gave a sign of life.
    pub(crate) fn last_beat(&self) -> Instant {
        self.made + Duration::from_nanos(self.beat.load(Ordering::Relaxed))
    }
}
