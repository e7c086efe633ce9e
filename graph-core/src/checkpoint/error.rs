//! Why a thread could not be loaded or saved.

/// Why a thread could not be loaded or saved.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointError {
    /// Something else has gone on with the thread meanwhile: nothing was saved.
    #[error("thread `{thread}` went on elsewhere: step {step} no longer follows its last saved step")]
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
        /// What it is.
        what: &'static str,
        /// Why not.
        #[source]
        source: serde_json::Error,
    },
    /// A saved value cannot be decoded: the state, an update or a node has changed since.
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
        /// What it is.
        what: &'static str,
        /// Why not.
        #[source]
        source: serde_json::Error,
    },
    /// The fields or reducers have changed since, so that old updates cannot be folded in as they were then.
    #[error("step {step} of thread `{thread}` was saved with other fields or reducers, and holds no snapshot")]
    Changed {
        /// The thread.
        thread: String,
        /// The step.
        step: i64,
    },
    /// The saver gave entries that begin without a snapshot.
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
