//! The lineage of a checkpoint in a log.

use uuid::Uuid;

use super::{Record, RecordKind, StepRecord};

/// The newest checkpoint's lineage; nothing for an empty log.
pub(super) fn newest(log: &[Record]) -> Vec<Record> {
    log.iter().rposition(|record| record.as_step().is_some()).map_or_else(Vec::new, |head| records(log, head, false))
}

/// The lineage of this checkpoint, if there is one.
pub(super) fn of(log: &[Record], checkpoint: Uuid) -> Option<Vec<Record>> {
    let head = position(log, checkpoint)?;
    let is_input = log[head].id != checkpoint;
    // It is restored from the checkpoint before it.
    let is_pruned = is_input && !has_parent(log, log[head].as_step()?);
    (!is_pruned).then(|| records(log, head, is_input))
}

/// Whether the parent of a checkpoint is in the log, if it has one.
pub(super) fn has_parent(log: &[Record], step: &StepRecord) -> bool {
    step.parent.is_none_or(|parent| step_position(log, parent).is_some())
}

/// Where the record with this checkpoint is: its own, or that of the input which it applies.
pub(super) fn position(log: &[Record], checkpoint: Uuid) -> Option<usize> {
    let has = |record: &Record| {
        record.as_step().is_some_and(|step| record.id == checkpoint || step.input == Some(checkpoint))
    };
    log.iter().rposition(has)
}

/// Where the step with this id is. A step never follows an input's own checkpoint.
fn step_position(log: &[Record], id: Uuid) -> Option<usize> {
    log.iter().rposition(|record| record.id == id && record.as_step().is_some())
}

fn records(log: &[Record], head: usize, is_input: bool) -> Vec<Record> {
    let mut path = vec![head];
    let mut at = head;
    while let Some(step) = log[at].as_step() {
        // The snapshot of the record that applies an input has the state after it.
        if step.snapshot.is_some() && !(is_input && at == head) {
            break;
        }
        let Some(parent) = step.parent.and_then(|parent| step_position(&log[..at], parent)) else { break };
        path.push(parent);
        at = parent;
    }
    let mut records: Vec<Record> = path.iter().rev().map(|at| log[*at].clone()).collect();
    if !is_input {
        let id = log[head].id;
        let is_its_own =
            |record: &&Record| matches!(&record.kind, RecordKind::Pending(pending) if pending.parent == id);
        records.extend(log[head..].iter().filter(is_its_own).cloned());
    }
    records
}
