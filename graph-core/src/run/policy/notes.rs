//! State shared by a task's node and its policies.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use crate::node::NodeFailure;

/// State shared by a task's node and its policies. Only tasks with such policies have it.
#[derive(Debug)]
pub(crate) struct Notes {
    made: Instant,
    /// The last heartbeat, in nanoseconds since the notes were created.
    beat: AtomicU64,
    /// Whether the node was skipped because its update was cached.
    pub cached: AtomicBool,
    /// Whether the node pushed a message, so that its update is not all it wrote.
    pub pushed: AtomicBool,
    /// The failure of the node, once its error handler runs.
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

    /// Records a heartbeat.
    pub(crate) fn beat(&self) {
        let now = u64::try_from(self.made.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.beat.store(now, Ordering::Relaxed);
    }

    /// The last heartbeat.
    pub(crate) fn last_beat(&self) -> Instant {
        self.made + Duration::from_nanos(self.beat.load(Ordering::Relaxed))
    }
}
