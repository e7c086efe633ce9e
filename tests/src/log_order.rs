//! The order of the records of a thread's log, checked.

use std::collections::HashSet;

use graph_core::checkpoint::{Record, RecordKind};

/// Checks that each record follows the one before it, that a checkpoint follows the last one, and that pending writes are of
/// the step that is not complete, each task once.
///
/// # Errors
/// The first record that is out of order, by its index.
pub fn check(records: &[Record]) -> Result<(), String> {
    let (mut last, mut head) = (None, None);
    let mut pending = HashSet::new();
    for (index, record) in records.iter().enumerate() {
        let broken = |what: &str| Err(format!("record {index}: {what}"));
        if record.after != last {
            return broken("it does not follow the record before it");
        }
        if last.is_some_and(|last| last >= record.id) {
            return broken("its id is not greater than the one before it");
        }
        last = Some(record.id);
        match &record.kind {
            RecordKind::Step(step) => {
                if step.parent != head {
                    return broken("it does not follow the last checkpoint");
                }
                head = Some(record.id);
                pending.clear();
            }
            RecordKind::Pending(writes) => {
                if Some(writes.parent) != head {
                    return broken("its pending writes are of a step that is complete");
                }
                if !writes.writes.iter().all(|write| pending.insert(write.task)) {
                    return broken("it holds a pending write that was saved before");
                }
            }
            _ => return broken("its kind is unknown"),
        }
    }
    Ok(())
}
