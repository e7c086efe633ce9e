//! Why a thread could not be loaded or saved.

use std::time::Duration;

use uuid::Uuid;

use super::FormatError;

/// Why a thread could not be loaded or saved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// Another run has continued the thread in the meantime: nothing of this step was saved. What the run saved before, its
    /// input included, stays.
    #[error("thread `{thread}` was continued by another run: step {step} does not follow its last checkpoint")]
    Conflict {
        /// The thread.
        thread: String,
        /// The step that could not be saved.
        step: i64,
    },
    /// The lease is not the thread's current one: it was released, or another owner has taken the thread over. Nothing
    /// was saved.
    #[error("lease {epoch} of `{owner}` on thread `{thread}` is stale: it was released, or another owner took it over")]
    StaleLease {
        /// The thread.
        thread: String,
        /// Who holds the stale lease.
        owner: String,
        /// Its epoch.
        epoch: u64,
    },
    /// Another owner holds the lease of the thread.
    #[error("thread `{thread}` is leased to `{owner}` for another {} ms", remaining.as_millis())]
    Leased {
        /// The thread.
        thread: String,
        /// Who holds the lease.
        owner: String,
        /// How long it lasts if it is not renewed.
        remaining: Duration,
    },
    /// No thread can have this id.
    #[error("`{}` cannot be the id of a thread: {reason}", thread.escape_debug())]
    InvalidThreadId {
        /// Its first 64 characters.
        thread: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// There is no such thread.
    #[error("there is no thread `{thread}`")]
    UnknownThread {
        /// The thread.
        thread: String,
    },
    /// There is already such a thread.
    #[error("there is a thread `{thread}` already")]
    ThreadExists {
        /// The thread.
        thread: String,
    },
    /// The thread has no such checkpoint.
    #[error("thread `{thread}` has no checkpoint {checkpoint}")]
    UnknownCheckpoint {
        /// The thread.
        thread: String,
        /// The checkpoint.
        checkpoint: Uuid,
    },
    /// A value cannot be encoded.
    #[error("{}{what} of `{graph}` cannot be saved: {source}", of_field(field.as_deref()))]
    Encode {
        /// The graph.
        graph: &'static str,
        /// The kind of value.
        what: &'static str,
        /// The field of the state.
        field: Option<String>,
        /// The cause.
        #[source]
        source: FormatError,
    },
    /// A saved value cannot be decoded: the type of the state, an update or a task input has changed since.
    #[error(
        "step {step} of thread `{thread}` cannot be loaded into `{graph}`: {}its saved {what} does not fit: {source}; \
        its checkpoint is {checkpoint}",
        of_field(field.as_deref())
    )]
    Decode {
        /// The graph.
        graph: &'static str,
        /// The thread.
        thread: String,
        /// The checkpoint.
        checkpoint: Uuid,
        /// The step.
        step: i64,
        /// The kind of value.
        what: &'static str,
        /// The field of the state.
        field: Option<String>,
        /// The cause.
        #[source]
        source: FormatError,
    },
    /// A field has another reducer now, or none, so that what was saved for its old one cannot be folded in.
    #[error(
        "step {step} of thread `{thread}` cannot be loaded: `{field}` was written through the reducer `{saved}`, and now \
        has {}; its checkpoint is {checkpoint}",
        reducer_text(*now)
    )]
    Changed {
        /// The thread.
        thread: String,
        /// The checkpoint.
        checkpoint: Uuid,
        /// The step.
        step: i64,
        /// The field of the state.
        field: String,
        /// The reducer that the field had when the step was saved.
        saved: String,
        /// The reducer that the field has now.
        now: Option<&'static str>,
    },
    /// The state has no field of this name any more, so that its saved value would be lost.
    #[error(
        "step {step} of thread `{thread}` cannot be loaded into `{graph}`: its saved {what} has a field `{field}`, and \
        the state has none; keep the field, as `#[state(untracked)]` if its old values do not matter, or drop it in a migration; its checkpoint is \
        {checkpoint}"
    )]
    Removed {
        /// The graph.
        graph: &'static str,
        /// The thread.
        thread: String,
        /// The checkpoint.
        checkpoint: Uuid,
        /// The step.
        step: i64,
        /// The kind of value.
        what: &'static str,
        /// The field that the state has lost.
        field: String,
    },
    /// The state was saved by a later version of its type, as by a newer release of the program.
    #[error(
        "step {step} of thread `{thread}` cannot be loaded into `{graph}`: its state has version {saved}, and this program \
        has version {now}; its checkpoint is {checkpoint}"
    )]
    Newer {
        /// The graph.
        graph: &'static str,
        /// The thread.
        thread: String,
        /// The checkpoint.
        checkpoint: Uuid,
        /// The step.
        step: i64,
        /// The version that was saved.
        saved: u32,
        /// The version of the state now.
        now: u32,
    },
    /// The saver returned records that do not begin with a snapshot.
    #[error("thread `{thread}` begins at step {step} without a snapshot: its log is damaged")]
    NoSnapshot {
        /// The thread.
        thread: String,
        /// The step.
        step: i64,
    },
    /// A stored record is not what was saved: a byte has changed, a part is lost, or a later release has written it.
    #[error("checkpoint {checkpoint} of thread `{thread}` cannot be read: {source}")]
    Damaged {
        /// The thread.
        thread: String,
        /// The checkpoint, or the record of pending writes.
        checkpoint: Uuid,
        /// What is wrong with it.
        #[source]
        source: FormatError,
    },
    /// A stored record cannot be decrypted.
    #[error("checkpoint {checkpoint} of thread `{thread}` cannot be decrypted: {source}")]
    Decrypt {
        /// The thread.
        thread: String,
        /// The checkpoint, or the record of pending writes.
        checkpoint: Uuid,
        /// The cause: of `EncryptedSaver` in `graph-checkpoint`, a `DecryptError`.
        #[source]
        source: FormatError,
    },
    /// The saver panicked.
    #[error("the checkpointer panicked in `{operation}`: {message}")]
    Panic {
        /// The method of [`Checkpointer`](super::Checkpointer).
        operation: &'static str,
        /// The panic's message.
        message: String,
    },
    /// The saver failed.
    #[error("the checkpointer failed: {0}")]
    Saver(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Says which field is to blame, if one is.
fn of_field(field: Option<&str>) -> String {
    field.map_or_else(String::new, |field| format!("field `{field}` of "))
}

fn reducer_text(reducer: Option<&str>) -> String {
    reducer.map_or_else(|| "none".to_owned(), |reducer| format!("`{reducer}`"))
}
