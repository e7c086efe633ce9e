//! What a saver is asked for, and what it answers.

use std::time::SystemTime;

use uuid::Uuid;

use super::{Record, Source, StepRecord};

/// The records that a checkpoint is restored from.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Lineage {
    /// The checkpoints from the nearest snapshot to the restored one, each the parent of the next, whatever stands
    /// between them in the log; then the pending writes of the last.
    ///
    /// An input's own checkpoint is restored from the snapshot before it. Then the last record is the one that applies
    /// the input, and there are no pending writes.
    pub records: Vec<Record>,
    /// The id of the log's last record, which the next one is appended after.
    pub last: Option<Uuid>,
}

impl Lineage {
    /// A lineage, as a saver gives it.
    #[must_use]
    pub fn new(records: Vec<Record>, last: Option<Uuid>) -> Self {
        Self { records, last }
    }
}

/// Selects checkpoints of a thread. `HistoryQuery::default()` selects all.
///
/// A record that applies an input makes two checkpoints (see [`StepRecord::input`]): it matches if one of them does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HistoryQuery {
    /// Only records that are in the log before the one with this checkpoint.
    pub before: Option<Uuid>,
    /// The greatest number of records.
    pub limit: Option<usize>,
    /// Only checkpoints that this made.
    pub source: Option<Source>,
    /// Only checkpoints of this step.
    pub step: Option<i64>,
    /// Leaves the snapshots out, which are most of the bytes.
    pub without_snapshots: bool,
}

impl HistoryQuery {
    /// Selects all checkpoints.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`before`](Self::before).
    #[must_use]
    pub fn before(mut self, checkpoint: Uuid) -> Self {
        self.before = Some(checkpoint);
        self
    }

    /// Sets [`limit`](Self::limit).
    #[must_use]
    pub fn limit(mut self, records: usize) -> Self {
        self.limit = Some(records);
        self
    }

    /// Sets [`source`](Self::source).
    #[must_use]
    pub fn source(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    /// Sets [`step`](Self::step).
    #[must_use]
    pub fn step(mut self, step: i64) -> Self {
        self.step = Some(step);
        self
    }

    /// Sets [`without_snapshots`](Self::without_snapshots).
    #[must_use]
    pub fn without_snapshots(mut self) -> Self {
        self.without_snapshots = true;
        self
    }

    /// Whether a record has a checkpoint of this source and step.
    #[must_use]
    pub fn selects(&self, record: &StepRecord) -> bool {
        let is_meant = |source, step| {
            self.source.is_none_or(|meant| meant == source) && self.step.is_none_or(|meant| meant == step)
        };
        is_meant(record.source, record.step) || (record.input.is_some() && is_meant(Source::Input, record.step - 1))
    }
}

/// Selects threads. `ThreadsQuery::default()` selects all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ThreadsQuery {
    /// Only threads whose ids are greater, byte by byte: the last one of the page before.
    pub after: Option<String>,
    /// The greatest number of threads.
    pub limit: Option<usize>,
}

impl ThreadsQuery {
    /// Selects all threads.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets [`after`](Self::after).
    #[must_use]
    pub fn after(mut self, thread: impl Into<String>) -> Self {
        self.after = Some(thread.into());
        self
    }

    /// Sets [`limit`](Self::limit).
    #[must_use]
    pub fn limit(mut self, threads: usize) -> Self {
        self.limit = Some(threads);
        self
    }
}

/// A thread, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ThreadInfo {
    /// The thread's id.
    pub id: String,
    /// When its last record was made.
    pub updated_at: SystemTime,
}

impl ThreadInfo {
    /// A thread, as a saver lists it.
    #[must_use]
    pub fn new(id: impl Into<String>, updated_at: SystemTime) -> Self {
        Self { id: id.into(), updated_at }
    }
}
