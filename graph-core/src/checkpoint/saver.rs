//! The trait of savers.

use async_trait::async_trait;

use super::{CheckpointError, Record};

/// Stores the logs of threads.
///
/// Every call is atomic, and durable once it has returned.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a checkpointer",
    label = "cannot keep threads",
    note = "write `MemorySaver::new()`, or another type that implements `Checkpointer`"
)]
#[async_trait]
pub trait Checkpointer: Send + Sync + 'static {
    /// Appends a record to a thread's log. The first record creates the thread.
    ///
    /// # Errors
    /// [`CheckpointError::Conflict`] if `record.after` is not the id of the log's last record; then nothing is saved.
    async fn append(&self, thread: &str, record: Record) -> Result<(), CheckpointError>;

    /// The records from the last one with a snapshot on, in order; none for an unknown thread.
    ///
    /// # Errors
    /// The saver failed.
    async fn tail(&self, thread: &str) -> Result<Vec<Record>, CheckpointError>;

    /// Deletes a thread. An unknown thread is no error.
    ///
    /// # Errors
    /// The saver failed.
    async fn delete(&self, thread: &str) -> Result<(), CheckpointError>;
}
