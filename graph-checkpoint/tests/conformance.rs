//! The suite on the project's own savers, and on savers with a bug, which it must find.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod database;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use graph_checkpoint::conformance;
use graph_checkpoint::postgres::PostgresOptions;
use graph_checkpoint::sqlite::{SqliteOptions, SqliteSaver, Synchronous};
use graph_core::checkpoint::{
    CheckpointError, Checkpointer, HistoryQuery, Lease, Lineage, MemorySaver, Pruned, Record, Retention, Saver,
    ThreadInfo, ThreadsQuery, WholeState,
};
use tempfile::TempDir;
use uuid::Uuid;

use self::database::Server;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_memory_saver_conforms() {
    conformance::run(|| async { Saver::new(MemorySaver::new()) }).await;
}

/// A new file for each case, in a folder that the test keeps.
async fn sqlite(folder: &TempDir, options: SqliteOptions) -> SqliteSaver {
    options.open(folder.path().join(Uuid::new_v4().to_string())).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_sqlite_saver_conforms() {
    let folder = tempfile::tempdir().unwrap();
    for options in [SqliteOptions::new(), SqliteOptions::new().synchronous(Synchronous::Normal).connections(1)] {
        conformance::run(|| async { Saver::new(sqlite(&folder, options.clone()).await) }).await;
    }
}

/// Also where the server isolates transactions more than the saver needs, and where there are few connections.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_postgres_saver_conforms() {
    let Some(server) = Server::of_the_tests() else { return };
    for (isolation, connections) in [("read committed", 8), ("serializable", 8), ("read committed", 1)] {
        let database = server.new_database().await;
        database.set("default_transaction_isolation", isolation).await;
        let database = &database;
        conformance::run(|| async move {
            let saver = PostgresOptions::new().connections(connections).connect(&database.url).await.unwrap();
            database.empty().await;
            Saver::new(saver)
        })
        .await;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bug {
    None,
    NoCompareAndSwap,
    IgnoresEpoch,
    ChecksEpochFirst,
    LogOrder,
    IgnoresLease,
    PrunesWhatIsNeeded,
    BranchesFromNothing,
}

/// A memory saver with a bug.
#[derive(Clone)]
struct Planted {
    inner: MemorySaver,
    leases: MemorySaver,
    bug: Bug,
    /// How many checkpoints were kept when it was pruned.
    kept: Arc<AtomicUsize>,
}

impl Planted {
    /// Whether the saver with the log does not know the leases.
    fn is_blind(&self) -> bool {
        matches!(self.bug, Bug::IgnoresEpoch | Bug::ChecksEpochFirst)
    }

    fn leases(&self) -> &MemorySaver {
        if self.is_blind() { &self.leases } else { &self.inner }
    }
}

#[async_trait]
impl Checkpointer for Planted {
    async fn append(&self, thread: &str, mut record: Record, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        if self.bug == Bug::NoCompareAndSwap {
            record.after = self.inner.load(thread, None).await?.last;
        }
        if let (Bug::ChecksEpochFirst, Some(lease)) = (self.bug, lease) {
            if lease.thread != thread {
                return self.inner.append(thread, record, Some(lease)).await;
            }
            self.leases.renew(lease, Duration::ZERO).await?;
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let lease = lease.filter(|_| !self.is_blind());
        match self.inner.append(thread, record.clone(), lease).await {
            Err(CheckpointError::Leased { owner, .. }) if self.bug == Bug::IgnoresLease => {
                let lease = self.inner.lease(thread, &owner, Duration::from_hours(1)).await?;
                self.inner.append(thread, record, Some(&lease)).await
            }
            Err(CheckpointError::UnknownCheckpoint { .. }) if self.bug == Bug::BranchesFromNothing => Ok(()),
            result => result,
        }
    }

    async fn load(&self, thread: &str, at: Option<Uuid>) -> Result<Lineage, CheckpointError> {
        let mut lineage = self.inner.load(thread, at).await?;
        if self.bug == Bug::LogOrder {
            // Everything up to the checkpoint, whatever it follows.
            let mut records = self.inner.history(thread, &HistoryQuery::new()).await?;
            records.reverse();
            let end = records.iter().position(|record| Some(record.id) == at).map_or(records.len(), |at| at + 1);
            records.truncate(end);
            lineage.records = records;
        }
        if self.bug == Bug::PrunesWhatIsNeeded {
            let kept = HistoryQuery::new().limit(self.kept.load(Ordering::SeqCst));
            let kept = self.inner.history(thread, &kept).await?;
            lineage.records.retain(|record| record.as_step().is_none() || kept.iter().any(|kept| kept.id == record.id));
        }
        Ok(lineage)
    }

    async fn history(&self, thread: &str, query: &HistoryQuery) -> Result<Vec<Record>, CheckpointError> {
        self.inner.history(thread, query).await
    }

    async fn lease(&self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError> {
        self.leases().lease(thread, owner, ttl).await
    }

    async fn renew(&self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError> {
        self.leases().renew(lease, ttl).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), CheckpointError> {
        self.leases().release(lease).await
    }

    async fn threads(&self, query: &ThreadsQuery) -> Result<Vec<ThreadInfo>, CheckpointError> {
        self.inner.threads(query).await
    }

    async fn delete(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        if self.is_blind() {
            self.leases.delete(thread, lease).await?;
            return self.inner.delete(thread, None).await;
        }
        self.inner.delete(thread, lease).await
    }

    async fn copy(&self, from: &str, to: &str) -> Result<(), CheckpointError> {
        self.inner.copy(from, to).await
    }

    async fn size(&self, thread: &str) -> Result<u64, CheckpointError> {
        self.inner.size(thread).await
    }

    async fn prune(&self, thread: &str, retention: &Retention) -> Result<Pruned, CheckpointError> {
        self.kept.store(retention.last, Ordering::SeqCst);
        self.inner.prune(thread, retention).await
    }

    async fn add_snapshot(&self, thread: &str, checkpoint: Uuid, whole: WholeState) -> Result<(), CheckpointError> {
        self.inner.add_snapshot(thread, checkpoint, whole).await
    }
}

/// What the suite says of a saver with this bug.
async fn verdict(bug: Bug) -> Result<(), String> {
    let run = tokio::spawn(conformance::run(move || async move {
        Saver::new(Planted {
            inner: MemorySaver::new(),
            leases: MemorySaver::new(),
            bug,
            kept: Arc::new(AtomicUsize::new(usize::MAX)),
        })
    }));
    run.await.map_err(|error| *error.into_panic().downcast::<String>().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_saver_with_a_bug_does_not_conform() {
    assert_eq!(verdict(Bug::None).await, Ok(()));
    for (bug, said) in [
        (Bug::NoCompareAndSwap, "not 40"),
        (Bug::IgnoresEpoch, "a lease that is not the current one gave Ok(())"),
        (Bug::ChecksEpochFirst, "after another owner had taken it over"),
        (Bug::LogOrder, "the newest"),
        (Bug::IgnoresLease, "`append` without the lease that another owner holds gave Ok(())"),
        (Bug::PrunesWhatIsNeeded, "pruning changed the newest checkpoint"),
        (Bug::BranchesFromNothing, "a branch from a pruned checkpoint"),
    ] {
        let error = verdict(bug).await.unwrap_err();
        assert!(error.contains(said), "{error}");
    }
}
