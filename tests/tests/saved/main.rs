//! What is saved of a state: its fields, in the form of their values.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod attributes;
mod damaged;
mod grown;
mod names;
mod random;
mod values;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use graph_core::checkpoint::{CheckpointError, Checkpointer, Record, RecordKind};
use graph_core::prelude::*;

/// Stores threads in memory, and everything that was ever appended.
#[derive(Clone, Debug, Default)]
struct Recorder {
    inner: MemorySaver,
    records: Arc<Mutex<Vec<Record>>>,
}

impl Recorder {
    fn records(&self) -> Vec<Record> {
        self.records.lock().unwrap().clone()
    }

    /// Whether any byte string of any record holds this text.
    fn holds(&self, text: &str) -> bool {
        let records = self.records();
        assert!(!records.is_empty(), "nothing was saved");
        let mut all = records.iter().flat_map(byte_strings);
        all.any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    }
}

/// The byte strings of a record.
fn byte_strings(record: &Record) -> Vec<Vec<u8>> {
    match &record.kind {
        RecordKind::Step(step) => {
            let writes = step.writes.iter().map(|write| write.update.clone());
            writes.chain(step.next.clone()).chain(step.snapshot.clone()).collect()
        }
        RecordKind::Pending(pending) => pending.writes.iter().map(|write| write.write.update.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

#[async_trait]
impl Checkpointer for Recorder {
    async fn append(&self, thread: &str, record: Record) -> Result<(), CheckpointError> {
        self.inner.append(thread, record.clone()).await?;
        self.records.lock().unwrap().push(record);
        Ok(())
    }

    async fn tail(&self, thread: &str) -> Result<Vec<Record>, CheckpointError> {
        self.inner.tail(thread).await
    }

    async fn delete(&self, thread: &str) -> Result<(), CheckpointError> {
        self.inner.delete(thread).await
    }
}

/// A damaged thread: the same records, each byte string changed by `change`.
async fn changed(records: &[Record], mut change: impl FnMut(&mut Vec<u8>)) -> MemorySaver {
    let saver = MemorySaver::new();
    for record in records {
        let mut record = record.clone();
        if let RecordKind::Step(step) = &mut record.kind {
            step.writes.iter_mut().for_each(|write| change(&mut write.update));
            step.next.iter_mut().for_each(&mut change);
            step.snapshot.iter_mut().for_each(&mut change);
        }
        saver.append("t", record).await.unwrap();
    }
    saver
}

fn checkpoint_error<T>(result: graph_core::Result<T>) -> CheckpointError {
    match result {
        Err(graph_core::Error::Checkpoint(error)) => error,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("there is no error"),
    }
}
