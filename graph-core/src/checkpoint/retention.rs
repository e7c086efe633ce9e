//! Which checkpoints of a thread are kept.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Which checkpoints of a thread are kept when it is pruned: the last ones, those that are not too old, or both.
///
/// They are counted as [`Checkpointer::history`](super::Checkpointer::history) lists them, over all branches: an input's own
/// checkpoint goes with the step that applies it. The newest is always kept.
///
/// ```
/// use std::time::Duration;
///
/// use graph_core::checkpoint::Retention;
///
/// let retention = Retention::last(10).and_newer_than(Duration::from_hours(24));
/// assert_eq!((retention.last, retention.newer_than), (10, Some(Duration::from_hours(24))));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retention {
    /// So many of the newest checkpoints are kept, at least 1.
    pub last: usize,
    /// Checkpoints that were made in this time are kept, too: by the clocks of the processes that made them, and of the one
    /// that prunes.
    pub newer_than: Option<Duration>,
}

impl Retention {
    /// Keeps so many of the newest checkpoints; the newest one for 0.
    #[must_use]
    pub fn last(checkpoints: usize) -> Self {
        Self { last: checkpoints.max(1), newer_than: None }
    }

    /// Keeps the checkpoints that were made in this time, and the newest one.
    #[must_use]
    pub fn newer_than(age: Duration) -> Self {
        Self::last(1).and_newer_than(age)
    }

    /// Keeps the checkpoints that were made in this time, too.
    #[must_use]
    pub fn and_newer_than(mut self, age: Duration) -> Self {
        self.newer_than = Some(age);
        self
    }

    /// Checkpoints from this time on are kept, if [`newer_than`](Self::newer_than) is set. For savers.
    #[must_use]
    pub fn since(&self) -> Option<SystemTime> {
        self.newer_than.map(|age| SystemTime::now().checked_sub(age).unwrap_or(UNIX_EPOCH))
    }
}

/// What was deleted when threads were pruned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pruned {
    /// The number of checkpoints; an input's own is not counted beside that of the step which applies it.
    pub checkpoints: u64,
    /// The bytes by which [`Checkpointer::size`](super::Checkpointer::size) has become less.
    pub bytes: u64,
}

impl Pruned {
    /// What was deleted, as a saver reports it.
    #[must_use]
    pub fn new(checkpoints: u64, bytes: u64) -> Self {
        Self { checkpoints, bytes }
    }
}
