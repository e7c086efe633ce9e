//! What is encrypted of a record, and what each value is bound to.

use graph_core::checkpoint::{KeptState, Record, RecordKind};
use uuid::Uuid;

/// Calls `change` with each of a record's values, and with what it is bound to: the record, what stands in clear in it, and the
/// value's place. Snapshots and the states of subgraphs are
/// bound to the record's id only, because they may be added later.
pub(super) fn each_value<E>(
    record: &mut Record,
    mut change: impl FnMut(&mut Vec<u8>, &[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let id = record.id;
    let bound = Bound::to(record);
    match &mut record.kind {
        RecordKind::Step(step) => {
            for (at, write) in step.writes.iter_mut().enumerate() {
                let name = write.node.as_deref().unwrap_or_default();
                change(&mut write.update, &bound.place(b'U', [at, usize::from(write.node.is_some())], name))?;
            }
            for (at, task) in step.next.iter_mut().enumerate() {
                change(task, &bound.place(b'T', [at, 0], ""))?;
            }
            if let Some(snapshot) = &mut step.snapshot {
                change(snapshot, &of_snapshot(id))?;
            }
            for kept in &mut step.kept {
                let bound = of_kept(id, kept);
                change(&mut kept.state, &bound)?;
            }
        }
        RecordKind::Pending(pending) => {
            for (at, pending) in pending.writes.iter_mut().enumerate() {
                let name = pending.write.node.as_deref().unwrap_or_default();
                let place = |kind, number| bound.place(kind, [at, number], name);
                change(&mut pending.write.update, &place(b'P', pending.task))?;
                if let Some(route) = &mut pending.route {
                    change(route, &place(b'R', pending.task))?;
                }
                for (number, update) in pending.pushed.iter_mut().enumerate() {
                    change(update, &place(b'M', number))?;
                }
            }
            for (at, remembered) in pending.remembered.iter_mut().enumerate() {
                // The key is part of the name here: both say what the value belongs to.
                let name = format!("{:?} {} {}", remembered.kind, remembered.key, remembered.name);
                change(&mut remembered.value, &bound.place(b'Q', [at, remembered.task], &name))?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// What a snapshot is bound to.
pub(super) fn of_snapshot(record: Uuid) -> Vec<u8> {
    [b"graph-checkpoint", &record.as_bytes()[..], b"S"].concat()
}

/// What the kept state of a subgraph is bound to.
pub(super) fn of_kept(record: Uuid, kept: &KeptState) -> Vec<u8> {
    let mut bound = Bound([b"graph-checkpoint", &record.as_bytes()[..], b"K", &kept.key.as_bytes()[..]].concat());
    bound.add_text(&kept.graph);
    bound.0
}

/// What the values of a record are bound to.
struct Bound(Vec<u8>);

impl Bound {
    fn to(record: &Record) -> Self {
        let mut bound = Self([b"graph-checkpoint", &record.id.as_bytes()[..]].concat());
        bound.add_id(record.after);
        bound.add_text(&record.namespace);
        bound.0.extend(record.fingerprint.to_le_bytes());
        match &record.kind {
            RecordKind::Step(step) => {
                bound.add_id(step.parent);
                bound.add_id(step.input);
                bound.0.extend(step.step.to_le_bytes());
                bound.add_text(step.source.name());
                bound.add_number(step.writes.len());
                bound.add_number(step.next.len());
                bound.add_number(step.arrived.len());
                for join in &step.arrived {
                    bound.add_number(join.len());
                    bound.0.extend(join.iter().map(|arrived| u8::from(*arrived)));
                }
            }
            RecordKind::Pending(pending) => {
                bound.add_id(Some(pending.parent));
                bound.0.extend(pending.step.to_le_bytes());
                bound.add_number(pending.writes.len());
                for write in &pending.writes {
                    bound.add_number(write.task);
                    bound.add_number(usize::from(write.route.is_some()));
                    bound.add_number(write.pushed.len());
                }
                bound.add_number(pending.remembered.len());
            }
            _ => {}
        }
        bound
    }

    fn place(&self, kind: u8, numbers: [usize; 2], name: &str) -> Vec<u8> {
        let mut place = Self(self.0.clone());
        place.0.push(kind);
        numbers.into_iter().for_each(|number| place.add_number(number));
        place.add_text(name);
        place.0
    }

    fn add_id(&mut self, id: Option<Uuid>) {
        self.0.push(u8::from(id.is_some()));
        self.0.extend(id.unwrap_or_default().into_bytes());
    }

    fn add_number(&mut self, number: usize) {
        self.0.extend((number as u64).to_le_bytes());
    }

    /// With its length, so that no two sequences of texts look the same.
    fn add_text(&mut self, text: &str) {
        self.add_number(text.len());
        self.0.extend(text.as_bytes());
    }
}
