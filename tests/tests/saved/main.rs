//! What is saved of a state: its fields, in the form of their values.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod attributes;
mod damaged;
mod grown;
mod names;
mod random;
mod sealed;
mod values;

use graph_core::checkpoint::{CheckpointError, Checkpointer, Record, RecordKind};
use graph_core::prelude::*;
use graph_tests::kit::RecordingSaver;

/// Whether any byte string of any record that was appended holds this text.
fn holds(saver: &RecordingSaver, text: &str) -> bool {
    let records = saver.records();
    assert!(!records.is_empty(), "nothing was saved");
    let mut all = records.iter().flat_map(byte_strings);
    all.any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
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
        saver.append("t", record, None).await.unwrap();
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
