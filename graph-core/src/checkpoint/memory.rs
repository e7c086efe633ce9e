//! Threads in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{CheckpointError, Checkpointer, Record};

/// Keeps threads in memory: for tests, and for programs whose threads need not outlive the process.
///
/// Clones share their threads. Threads are kept until they are deleted.
#[derive(Clone, Debug, Default)]
pub struct MemorySaver(Arc<Mutex<HashMap<String, Vec<Record>>>>);

impl MemorySaver {
    /// A saver without threads.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn threads(&self) -> MutexGuard<'_, HashMap<String, Vec<Record>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Checkpointer for MemorySaver {
    async fn append(&self, thread: &str, record: Record) -> Result<(), CheckpointError> {
        let mut threads = self.threads();
        let last = threads.get(thread).and_then(|log| log.last()).map(|last| last.id);
        if last != record.after {
            return Err(CheckpointError::Conflict { thread: thread.to_owned(), step: record.super_step() });
        }
        match threads.get_mut(thread) {
            Some(log) => log.push(record),
            None => _ = threads.insert(thread.to_owned(), vec![record]),
        }
        Ok(())
    }

    async fn tail(&self, thread: &str) -> Result<Vec<Record>, CheckpointError> {
        let threads = self.threads();
        let log = threads.get(thread).map(Vec::as_slice).unwrap_or_default();
        let from = log.iter().rposition(Record::has_snapshot).unwrap_or(0);
        Ok(log[from..].to_vec())
    }

    async fn delete(&self, thread: &str) -> Result<(), CheckpointError> {
        self.threads().remove(thread);
        Ok(())
    }
}
