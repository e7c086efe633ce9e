//! What keeps the logs of threads.

use async_trait::async_trait;

use super::{CheckpointError, Entry};

/// What keeps the logs of threads: few, atomic calls.
///
/// Every call is atomic, and what a call has returned from survives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a checkpointer",
    label = "cannot keep threads",
    note = "write `MemorySaver::new()`, or another type that implements `Checkpointer`"
)]
#[async_trait]
pub trait Checkpointer: Send + Sync + 'static {
    /// Appends an entry to a thread's log, which begins with its first entry.
    ///
    /// # Errors
    /// [`CheckpointError::Conflict`] where `entry.parent` is not the thread's last entry; then nothing is saved.
    async fn append(&self, thread: &str, entry: Entry) -> Result<(), CheckpointError>;

    /// The entries from the last one that has a snapshot to the last one, in order; none for a thread that is not there.
    ///
    /// # Errors
    /// Whatever keeps the log has failed.
    async fn tail(&self, thread: &str) -> Result<Vec<Entry>, CheckpointError>;

    /// Forgets a thread. One that is not there is forgotten already.
    ///
    /// # Errors
    /// Whatever keeps the log has failed.
    async fn delete(&self, thread: &str) -> Result<(), CheckpointError>;
}
