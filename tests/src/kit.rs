//! Shared by the engine's tests: a state that keeps a log, and instruments to observe nodes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use graph_core::checkpoint::{
    CheckpointError, Checkpointer, HistoryQuery, Lease, Lineage, Pruned, Record, RecordKind, Retention, ThreadInfo,
    ThreadsQuery, WholeState,
};
use graph_core::prelude::*;
use graph_core::run::RunStream;
use uuid::Uuid;

/// A state that keeps everything written to it, in order.
#[derive(State, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Log {
    /// The lines.
    #[state(input, reduce = Append)]
    pub log: Vec<String>,
}

/// Lines for the log.
#[derive(Update, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[update(Log)]
pub struct Line {
    /// The lines.
    pub log: Vec<String>,
}

/// One line.
pub fn line(text: impl Into<String>) -> Line {
    Line { log: vec![text.into()] }
}

/// An input of one line.
pub fn given(text: &str) -> LogInput {
    LogInput { log: vec![text.to_owned()] }
}

/// An empty input.
pub fn nothing() -> LogInput {
    LogInput { log: Vec::new() }
}

/// Reads a stream to its end: its items, and its error if it has one.
pub async fn read<G: Graph, T>(mut stream: RunStream<G, T>) -> (Vec<T>, Option<graph_core::Error>) {
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(error) => {
                assert!(stream.next().await.is_none(), "an error is the last item");
                return (items, Some(error));
            }
        }
    }
    (items, None)
}

/// Reads a stream that ends without an error.
pub async fn items<G: Graph, T>(stream: RunStream<G, T>) -> Vec<T> {
    let (items, error) = read(stream).await;
    assert!(error.is_none(), "{error:?}");
    items
}

/// Counts how many are inside, and the maximum so far.
#[derive(Clone, Debug, Default)]
pub struct Gauge {
    inside: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    entered: Arc<AtomicUsize>,
}

impl Gauge {
    /// Enters; leaves when the guard is dropped.
    pub fn enter(&self) -> Inside {
        self.entered.fetch_add(1, Ordering::SeqCst);
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(inside, Ordering::SeqCst);
        Inside(self.clone())
    }

    /// How many are inside.
    pub fn inside(&self) -> usize {
        self.inside.load(Ordering::SeqCst)
    }

    /// The most that were inside at the same time.
    pub fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    /// How many have entered.
    pub fn entered(&self) -> usize {
        self.entered.load(Ordering::SeqCst)
    }
}

/// An entry of a [`Gauge`].
#[derive(Debug)]
pub struct Inside(Gauge);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A saver that keeps the records that it was given.
#[derive(Clone, Debug, Default)]
pub struct RecordingSaver {
    inner: MemorySaver,
    records: Arc<Mutex<Vec<Record>>>,
    is_slow: bool,
    is_late: bool,
    loses_pending_writes: bool,
}

impl RecordingSaver {
    /// One that waits for a while before it saves.
    pub fn slow() -> Self {
        Self { is_slow: true, ..Self::default() }
    }

    /// A planted bug: it says that it has saved, and saves after a while.
    pub fn late() -> Self {
        Self { is_late: true, ..Self::default() }
    }

    /// A planted bug: the updates of finished tasks are not saved.
    pub fn losing_pending_writes() -> Self {
        Self { loses_pending_writes: true, ..Self::default() }
    }

    /// The records so far.
    pub fn records(&self) -> Vec<Record> {
        self.records.lock().unwrap().clone()
    }
}

#[async_trait]
impl Checkpointer for RecordingSaver {
    async fn append(&self, thread: &str, record: Record, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        let mut record = record;
        if let (true, RecordKind::Pending(pending)) = (self.loses_pending_writes, &mut record.kind) {
            pending.writes.clear();
        }
        if self.is_late {
            let (saver, thread) = (Self { is_late: false, is_slow: true, ..self.clone() }, thread.to_owned());
            tokio::spawn(async move { saver.append(&thread, record, None).await });
            return Ok(());
        }
        for _ in 0..if self.is_slow { 20 } else { 0 } {
            tokio::task::yield_now().await;
        }
        self.inner.append(thread, record.clone(), lease).await?;
        self.records.lock().unwrap().push(record);
        Ok(())
    }

    async fn load(&self, thread: &str, at: Option<Uuid>) -> Result<Lineage, CheckpointError> {
        self.inner.load(thread, at).await
    }

    async fn history(&self, thread: &str, query: &HistoryQuery) -> Result<Vec<Record>, CheckpointError> {
        self.inner.history(thread, query).await
    }

    async fn lease(&self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError> {
        self.inner.lease(thread, owner, ttl).await
    }

    async fn renew(&self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError> {
        self.inner.renew(lease, ttl).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), CheckpointError> {
        self.inner.release(lease).await
    }

    async fn threads(&self, query: &ThreadsQuery) -> Result<Vec<ThreadInfo>, CheckpointError> {
        self.inner.threads(query).await
    }

    async fn delete(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        self.inner.delete(thread, lease).await
    }

    async fn copy(&self, from: &str, to: &str) -> Result<(), CheckpointError> {
        self.inner.copy(from, to).await
    }

    async fn size(&self, thread: &str) -> Result<u64, CheckpointError> {
        self.inner.size(thread).await
    }

    async fn prune(&self, thread: &str, retention: &Retention) -> Result<Pruned, CheckpointError> {
        self.inner.prune(thread, retention).await
    }

    async fn add_snapshot(&self, thread: &str, checkpoint: Uuid, whole: WholeState) -> Result<(), CheckpointError> {
        self.inner.add_snapshot(thread, checkpoint, whole).await
    }
}
