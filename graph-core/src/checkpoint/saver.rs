//! The trait of savers.

use std::time::Duration;

use async_trait::async_trait;
use uuid::Uuid;

use super::{
    CheckpointError, HistoryQuery, Lease, Lineage, Pruned, Record, Retention, ThreadInfo, ThreadsQuery, WholeState,
};

/// Stores the logs of threads.
///
/// Every call is atomic, and durable once it has returned. Callers go through a [`Saver`](super::Saver), which checks
/// thread ids: an implementation gets none that is empty, has a NUL, or is longer than
/// [`MAX_THREAD_ID`](super::MAX_THREAD_ID), and has to keep all others exactly as they are.
///
/// Every method may fail with [`CheckpointError::Saver`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a checkpointer",
    label = "cannot keep threads",
    note = "write `MemorySaver::new()`, or another type that implements `Checkpointer`",
    note = "one that is opened is awaited first, and its error handled: `SqliteSaver::open(..).await?`"
)]
#[async_trait]
pub trait Checkpointer: Send + Sync + 'static {
    /// Appends a record to a thread's log. The first record creates the thread. With a lease, the lease has to be the
    /// thread's current one, whether or not its time has passed; without, nobody may hold one whose time has not passed.
    ///
    /// # Errors
    /// [`CheckpointError::StaleLease`] and [`CheckpointError::Leased`]; [`CheckpointError::Conflict`] if `record.after` is not
    /// the id of the log's last record; [`CheckpointError::UnknownCheckpoint`] if the record is a checkpoint without a snapshot
    /// whose parent was pruned, so that it could not be restored. They are looked for in this order, and nothing is saved.
    async fn append(&self, thread: &str, record: Record, lease: Option<&Lease>) -> Result<(), CheckpointError>;

    /// The records that a checkpoint is restored from: `at`, or the log's newest one. See [`Lineage`]. It is empty for an
    /// unknown thread.
    ///
    /// # Errors
    /// [`CheckpointError::UnknownCheckpoint`] if the thread has no checkpoint `at`, or if `at` is an input's own and the one
    /// before it was pruned.
    async fn load(&self, thread: &str, at: Option<Uuid>) -> Result<Lineage, CheckpointError>;

    /// The checkpoints that match, newest first, without pending writes; none for an unknown thread.
    ///
    /// # Errors
    /// [`CheckpointError::UnknownCheckpoint`] if the thread has no checkpoint `before`.
    async fn history(&self, thread: &str, query: &HistoryQuery) -> Result<Vec<Record>, CheckpointError>;

    /// Takes the lease of a thread, which need not exist yet, for `ttl` by the saver's own clock. Each lease has a
    /// greater epoch than all earlier ones of the thread, also if it was deleted in between.
    ///
    /// # Errors
    /// [`CheckpointError::Leased`] if another owner holds it.
    async fn lease(&self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError>;

    /// Prolongs a lease to `ttl` from now. One whose time has passed can be renewed until another owner takes it.
    ///
    /// # Errors
    /// [`CheckpointError::StaleLease`].
    async fn renew(&self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError>;

    /// Gives a lease back. It is no error if it is not the thread's current one.
    ///
    /// # Errors
    /// The saver failed.
    async fn release(&self, lease: &Lease) -> Result<(), CheckpointError>;

    /// The threads that match, by the bytes of their ids.
    ///
    /// # Errors
    /// The saver failed.
    async fn threads(&self, query: &ThreadsQuery) -> Result<Vec<ThreadInfo>, CheckpointError>;

    /// Deletes a thread with its lease, under the same rules as [`append`](Self::append). An unknown thread is no error.
    ///
    /// # Errors
    /// [`CheckpointError::StaleLease`], [`CheckpointError::Leased`].
    async fn delete(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError>;

    /// Copies the log of a thread, with the ids of its records, to a new thread.
    ///
    /// # Errors
    /// [`CheckpointError::ThreadExists`]; [`CheckpointError::Leased`] if somebody holds the lease of the new thread;
    /// [`CheckpointError::UnknownThread`]. They are looked for in this order.
    async fn copy(&self, from: &str, to: &str) -> Result<(), CheckpointError>;

    /// The bytes of a thread's updates, tasks, snapshots and pending writes as this saver stores them; 0 for an unknown
    /// thread.
    ///
    /// # Errors
    /// The saver failed.
    async fn size(&self, thread: &str) -> Result<u64, CheckpointError>;

    /// Deletes the checkpoints that a thread need not keep. What stays: those that `retention` keeps, the ones that these are
    /// restored from, back to the nearest snapshot, all their pending writes, and the log's last record. An unknown thread is no
    /// error.
    ///
    /// It needs no lease, and a run of the thread at the same time is not disturbed: the newest checkpoint and its pending
    /// writes stay, and so does the id of the last record, which the next one is appended after.
    ///
    /// # Errors
    /// The saver failed.
    async fn prune(&self, thread: &str, retention: &Retention) -> Result<Pruned, CheckpointError>;

    /// Gives a checkpoint a snapshot by [`StepRecord::add_snapshot`](super::StepRecord::add_snapshot), so that it is restored
    /// from itself, and the ones before it may be pruned. One that has a snapshot keeps it.
    ///
    /// # Errors
    /// [`CheckpointError::UnknownCheckpoint`], also for an input's own.
    async fn add_snapshot(&self, thread: &str, checkpoint: Uuid, whole: WholeState) -> Result<(), CheckpointError>;
}
