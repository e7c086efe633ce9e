//! Why a thread could not be loaded or saved.

/// Why a thread could not be loaded or saved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// Another run has continued the thread in the meantime: nothing was saved.
    #[error("thread `{thread}` was continued by another run: step {step} does not follow its last checkpoint")]
    Conflict {
        /// The thread.
        thread: String,
        /// The step that could not be saved.
        step: i64,
    },
    /// A value cannot be encoded.
    #[error("{what} of `{graph}` cannot be saved: {source}")]
    Encode {
        /// The graph.
        graph: &'static str,
        /// The kind of value.
        what: &'static str,
        /// The cause.
        #[source]
        source: serde_json::Error,
    },
    /// A saved value cannot be decoded: the type of the state, an update or a task input has changed since.
    #[error(
        "step {step} of thread `{thread}` cannot be loaded into `{graph}`: its saved {what} does not fit: {source}"
    )]
    Decode {
        /// The graph.
        graph: &'static str,
        /// The thread.
        thread: String,
        /// The step.
        step: i64,
        /// The kind of value.
        what: &'static str,
        /// The cause.
        #[source]
        source: serde_json::Error,
    },
    /// The fields or reducers have changed since, so that old updates can no longer be applied.
    #[error("step {step} of thread `{thread}` was saved with other fields or reducers, and holds no snapshot")]
    Changed {
        /// The thread.
        thread: String,
        /// The step.
        step: i64,
    },
    /// The saver returned records that do not begin with a snapshot.
    #[error("thread `{thread}` begins at step {step} without a snapshot: its log is damaged")]
    NoSnapshot {
        /// The thread.
        thread: String,
        /// The step.
        step: i64,
    },
    /// The saver failed.
    #[error("the checkpointer failed: {0}")]
    Saver(#[source] Box<dyn std::error::Error + Send + Sync>),
}
