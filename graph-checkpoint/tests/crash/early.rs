//! The planted bug: a saver that answers before it has saved.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use graph_checkpoint::SqliteSaver;
use graph_core::checkpoint::{
    CheckpointError, Checkpointer, HistoryQuery, Lease, Lineage, Pruned, Record, Retention, ThreadInfo, ThreadsQuery,
    WholeState,
};
use tokio::sync::mpsc;
use uuid::Uuid;

/// Saves behind the back of its caller.
#[derive(Clone)]
pub(crate) struct Early {
    inner: Arc<SqliteSaver>,
    late: mpsc::UnboundedSender<(String, Record)>,
    saved: Arc<tokio::sync::Mutex<mpsc::UnboundedReceiver<(String, Record)>>>,
}

impl Early {
    pub(crate) fn new(inner: SqliteSaver) -> Self {
        let (late, records) = mpsc::unbounded_channel();
        let early = Self { inner: Arc::new(inner), late, saved: Arc::new(tokio::sync::Mutex::new(records)) };
        let saving = early.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(4)).await;
                saving.flush().await;
            }
        });
        early
    }

    /// Saves what it has promised to have saved.
    pub(crate) async fn flush(&self) {
        let mut records = self.saved.lock().await;
        while let Ok((thread, record)) = records.try_recv() {
            self.inner.append(&thread, record, None).await.unwrap();
        }
    }
}

#[async_trait]
impl Checkpointer for Early {
    async fn append(&self, thread: &str, record: Record, _: Option<&Lease>) -> Result<(), CheckpointError> {
        self.late.send((thread.to_owned(), record)).map_err(|error| CheckpointError::Saver(error.to_string().into()))
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
