//! The leases of threads, by the process's clock.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::{CheckpointError, Lease};

#[derive(Debug, Default)]
pub(super) struct Leases {
    current: HashMap<String, Current>,
    /// The last epoch of any thread, so that epochs also grow over the deletion of a thread.
    last_epoch: u64,
}

#[derive(Debug)]
struct Current {
    lease: Lease,
    /// `None` is never.
    until: Option<Instant>,
}

impl Leases {
    pub(super) fn take(&mut self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError> {
        if self.current.get(thread).is_none_or(|current| current.lease.owner != owner) {
            self.check_free(thread)?;
        }
        self.last_epoch += 1;
        let lease = Lease::new(thread, owner, self.last_epoch, ttl);
        let until = Instant::now().checked_add(ttl);
        self.current.insert(thread.to_owned(), Current { lease: lease.clone(), until });
        Ok(lease)
    }

    /// # Errors
    /// Somebody holds the lease, and its time has not passed.
    pub(super) fn check_free(&self, thread: &str) -> Result<(), CheckpointError> {
        // Asked with every record: most threads are under no lease.
        if self.current.is_empty() {
            return Ok(());
        }
        let Some(Current { lease, until }) = self.current.get(thread) else { return Ok(()) };
        let remaining = until.map_or(Duration::MAX, |until| until.saturating_duration_since(Instant::now()));
        if remaining.is_zero() {
            return Ok(());
        }
        Err(CheckpointError::Leased { thread: thread.to_owned(), owner: lease.owner.clone(), remaining })
    }

    /// # Errors
    /// A change under this lease, or under none, is refused.
    pub(super) fn fence(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        lease.map_or_else(|| self.check_free(thread), |lease| self.check(thread, lease))
    }

    pub(super) fn renew(&mut self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError> {
        self.check(&lease.thread, lease)?;
        let lease = Lease { ttl, ..lease.clone() };
        let current = Current { lease: lease.clone(), until: Instant::now().checked_add(ttl) };
        self.current.insert(lease.thread.clone(), current);
        Ok(lease)
    }

    pub(super) fn release(&mut self, lease: &Lease) {
        if self.check(&lease.thread, lease).is_ok() {
            self.current.remove(&lease.thread);
        }
    }

    pub(super) fn delete(&mut self, thread: &str) {
        self.current.remove(thread);
    }

    /// # Errors
    /// The lease is not the thread's current one.
    fn check(&self, thread: &str, lease: &Lease) -> Result<(), CheckpointError> {
        let is_current = self.current.get(thread).is_some_and(|current| current.lease.epoch == lease.epoch);
        if is_current && lease.thread == thread {
            return Ok(());
        }
        Err(CheckpointError::StaleLease { thread: thread.to_owned(), owner: lease.owner.clone(), epoch: lease.epoch })
    }
}
