//! Deleting checkpoints of a log.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{Record, RecordKind, Retention};

/// Deletes what no kept checkpoint is restored from, and returns the number of checkpoints among it.
pub(super) fn prune(log: &mut Vec<Record>, retention: &Retention) -> u64 {
    let kept = kept(log, retention);
    let last = log.last().map(|record| record.id);
    let mut deleted = 0;
    log.retain(|record| match &record.kind {
        RecordKind::Step(_) => {
            let is_kept = kept.contains(&record.id);
            deleted += u64::from(!is_kept);
            is_kept
        }
        RecordKind::Pending(pending) => kept.contains(&pending.parent) || Some(record.id) == last,
    });
    deleted
}

/// The kept checkpoints, and those that they are restored from.
fn kept(log: &[Record], retention: &Retention) -> HashSet<Uuid> {
    let since = retention.since();
    let steps = || log.iter().filter_map(|record| Some((record, record.as_step()?)));
    let parents: HashMap<Uuid, Option<Uuid>> =
        steps().map(|(record, step)| (record.id, step.parent.filter(|_| step.snapshot.is_none()))).collect();
    let mut kept = HashSet::new();
    for (newer, (record, _)) in steps().rev().enumerate() {
        if newer < retention.last || since.is_some_and(|since| record.at >= since) {
            let mut next = Some(record.id);
            while let Some(id) = next.filter(|id| parents.contains_key(id) && kept.insert(*id)) {
                next = parents[&id];
            }
        }
    }
    kept
}
