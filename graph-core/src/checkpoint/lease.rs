//! Leases: which process writes to a thread.

use std::time::Duration;

/// The right of one owner to write to a thread until another takes it over.
///
/// The epoch grows with each lease of the thread. A saver rejects a record under a lease that is not the current one, so
/// that an owner that was paused beyond its time cannot write behind the back of the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lease {
    /// The thread.
    pub thread: String,
    /// Who holds it: a name that the caller chose, such as that of a worker.
    pub owner: String,
    /// Greater than that of every earlier lease of the thread.
    pub epoch: u64,
    /// How long it was taken or renewed for. Another owner may take it afterwards.
    pub ttl: Duration,
}

impl Lease {
    /// A lease, as a saver gives it.
    #[must_use]
    pub fn new(thread: impl Into<String>, owner: impl Into<String>, epoch: u64, ttl: Duration) -> Self {
        Self { thread: thread.into(), owner: owner.into(), epoch, ttl }
    }
}
