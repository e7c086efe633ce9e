//! Threads in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{CheckpointError, Checkpointer, Entry};

/// Keeps threads in memory: for tests, and for programs whose threads need not outlive them.
///
/// Clones share what they keep. Threads stay until they are deleted.
#[derive(Clone, Debug, Default)]
pub struct MemorySaver(Arc<Mutex<HashMap<String, Vec<Entry>>>>);

impl MemorySaver {
    /// A saver without threads.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn threads(&self) -> MutexGuard<'_, HashMap<String, Vec<Entry>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Checkpointer for MemorySaver {
    async fn append(&self, thread: &str, entry: Entry) -> Result<(), CheckpointError> {
        let mut threads = self.threads();
        let last = threads.get(thread).and_then(|log| log.last()).map(|last| last.id);
        if last != entry.parent {
            return Err(CheckpointError::Conflict { thread: thread.to_owned(), step: entry.step });
        }
        threads.entry(thread.to_owned()).or_default().push(entry);
        Ok(())
    }

    async fn tail(&self, thread: &str) -> Result<Vec<Entry>, CheckpointError> {
        let threads = self.threads();
        let log = threads.get(thread).map(Vec::as_slice).unwrap_or_default();
        let from = log.iter().rposition(|entry| entry.snapshot.is_some()).unwrap_or(0);
        Ok(log[from..].to_vec())
    }

    async fn delete(&self, thread: &str) -> Result<(), CheckpointError> {
        self.threads().remove(thread);
        Ok(())
    }
}
