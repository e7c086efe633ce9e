//! Threads in memory.
mod leases;
mod lineage;
mod prune;

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use uuid::Uuid;

use super::{
    CheckpointError, Checkpointer, HistoryQuery, Lease, Lineage, Pruned, Record, RecordKind, Retention, StepRecord,
    ThreadInfo, ThreadsQuery, WholeState,
};

/// Keeps threads in memory: for tests, and for programs whose threads need not outlive the process.
///
/// Clones share their threads. Threads are kept until they are deleted, and checkpoints until they are pruned.
#[derive(Clone, Debug, Default)]
pub struct MemorySaver(Arc<Mutex<Threads>>);

#[derive(Debug, Default)]
struct Threads {
    logs: BTreeMap<String, Vec<Record>>,
    leases: leases::Leases,
}

impl MemorySaver {
    /// A saver without threads.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn threads(&self) -> MutexGuard<'_, Threads> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Threads {
    fn log(&self, thread: &str) -> &[Record] {
        self.logs.get(thread).map(Vec::as_slice).unwrap_or_default()
    }
}

#[async_trait]
impl Checkpointer for MemorySaver {
    async fn append(&self, thread: &str, record: Record, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        let Threads { logs, leases } = &mut *self.threads();
        leases.fence(thread, lease)?;
        let log = logs.get_mut(thread);
        let before = log.as_deref().map(Vec::as_slice).unwrap_or_default();
        if before.last().map(|last| last.id) != record.after {
            return Err(CheckpointError::Conflict { thread: thread.to_owned(), step: record.super_step() });
        }
        if let RecordKind::Step(step @ StepRecord { parent: Some(parent), snapshot: None, .. }) = &record.kind
            && !lineage::has_parent(before, step)
        {
            return Err(unknown(thread, *parent));
        }
        match log {
            Some(log) => log.push(record),
            None => _ = logs.insert(thread.to_owned(), vec![record]),
        }
        Ok(())
    }

    async fn load(&self, thread: &str, at: Option<Uuid>) -> Result<Lineage, CheckpointError> {
        let threads = self.threads();
        let log = threads.log(thread);
        let records = match at {
            None => lineage::newest(log),
            Some(id) => lineage::of(log, id).ok_or_else(|| unknown(thread, id))?,
        };
        Ok(Lineage::new(records, log.last().map(|last| last.id)))
    }

    async fn history(&self, thread: &str, query: &HistoryQuery) -> Result<Vec<Record>, CheckpointError> {
        let threads = self.threads();
        let log = threads.log(thread);
        let end = match query.before {
            None => log.len(),
            Some(id) => lineage::position(log, id).ok_or_else(|| unknown(thread, id))?,
        };
        let selected =
            log[..end].iter().rev().filter(|record| record.as_step().is_some_and(|step| query.selects(step)));
        let records = selected.take(query.limit.unwrap_or(usize::MAX)).cloned();
        Ok(records.map(|record| if query.without_snapshots { without_snapshot(record) } else { record }).collect())
    }

    async fn lease(&self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError> {
        self.threads().leases.take(thread, owner, ttl)
    }

    async fn renew(&self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError> {
        self.threads().leases.renew(lease, ttl)
    }

    async fn release(&self, lease: &Lease) -> Result<(), CheckpointError> {
        self.threads().leases.release(lease);
        Ok(())
    }

    async fn threads(&self, query: &ThreadsQuery) -> Result<Vec<ThreadInfo>, CheckpointError> {
        let threads = self.threads();
        let from = query.after.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
        let logs = threads.logs.range::<str, _>((from, Bound::Unbounded));
        let infos = logs.filter_map(|(id, log)| Some(ThreadInfo::new(id, log.last()?.at)));
        Ok(infos.take(query.limit.unwrap_or(usize::MAX)).collect())
    }

    async fn delete(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        let mut threads = self.threads();
        threads.leases.fence(thread, lease)?;
        threads.logs.remove(thread);
        threads.leases.delete(thread);
        Ok(())
    }

    async fn copy(&self, from: &str, to: &str) -> Result<(), CheckpointError> {
        let mut threads = self.threads();
        if threads.logs.contains_key(to) {
            return Err(CheckpointError::ThreadExists { thread: to.to_owned() });
        }
        threads.leases.check_free(to)?;
        let Some(log) = threads.logs.get(from).cloned() else {
            return Err(CheckpointError::UnknownThread { thread: from.to_owned() });
        };
        threads.logs.insert(to.to_owned(), log);
        Ok(())
    }

    async fn size(&self, thread: &str) -> Result<u64, CheckpointError> {
        Ok(size(self.threads().log(thread)))
    }

    async fn prune(&self, thread: &str, retention: &Retention) -> Result<Pruned, CheckpointError> {
        let mut threads = self.threads();
        let Some(log) = threads.logs.get_mut(thread) else { return Ok(Pruned::default()) };
        let before = size(log);
        let checkpoints = prune::prune(log, retention);
        Ok(Pruned::new(checkpoints, before - size(log)))
    }

    async fn add_snapshot(&self, thread: &str, checkpoint: Uuid, whole: WholeState) -> Result<(), CheckpointError> {
        let mut threads = self.threads();
        let mut records = threads.logs.get_mut(thread).into_iter().flatten().filter(|record| record.id == checkpoint);
        let Some(RecordKind::Step(step)) = records.next().map(|record| &mut record.kind) else {
            return Err(unknown(thread, checkpoint));
        };
        step.add_snapshot(whole);
        Ok(())
    }
}

fn size(log: &[Record]) -> u64 {
    log.iter().map(|record| bytes(record) as u64).sum()
}

fn unknown(thread: &str, checkpoint: Uuid) -> CheckpointError {
    CheckpointError::UnknownCheckpoint { thread: thread.to_owned(), checkpoint }
}

fn without_snapshot(mut record: Record) -> Record {
    if let RecordKind::Step(step) = &mut record.kind {
        step.snapshot = None;
    }
    record
}

fn bytes(record: &Record) -> usize {
    match &record.kind {
        RecordKind::Step(step) => {
            let writes: usize = step.writes.iter().map(|write| write.update.len()).sum();
            let next: usize = step.next.iter().map(Vec::len).sum();
            let kept: usize = step.kept.iter().map(|kept| kept.state.len()).sum();
            writes + next + kept + step.snapshot.as_ref().map_or(0, Vec::len)
        }
        RecordKind::Pending(pending) => {
            let bytes = |write: &super::PendingWrite| {
                let pushed: usize = write.pushed.iter().map(Vec::len).sum();
                write.write.update.len() + write.route.as_ref().map_or(0, Vec::len) + pushed
            };
            let writes: usize = pending.writes.iter().map(bytes).sum();
            writes + pending.remembered.iter().map(|remembered| remembered.value.len()).sum::<usize>()
        }
    }
}
