//! The content of a stored record, version 1: what serde reads and writes.

use std::borrow::Cow;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::format::{decode, encode};
use super::{
    FormatError, KeptState, PendingRecord, PendingWrite, Record, RecordKind, RecordedUpdate, Remembered,
    RememberedKind, Source, StepRecord,
};

/// A record without its id and its snapshot.
#[derive(Serialize, Deserialize)]
pub(super) struct Stored<'a> {
    after: Option<Bytes<'a>>,
    namespace: Cow<'a, str>,
    /// Nanoseconds since 1970.
    at: i64,
    fingerprint: u64,
    kind: StoredKind<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum StoredKind<'a> {
    Step(StoredStep<'a>),
    Pending(StoredPending<'a>),
}

#[derive(Serialize, Deserialize)]
struct StoredStep<'a> {
    parent: Option<Bytes<'a>>,
    input: Option<Bytes<'a>>,
    step: i64,
    source: Source,
    writes: Vec<StoredUpdate<'a>>,
    next: Vec<Bytes<'a>>,
    arrived: Vec<Vec<bool>>,
    /// Whether there is a snapshot.
    whole: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kept: Vec<StoredKept<'a>>,
}

#[derive(Serialize, Deserialize)]
struct StoredKept<'a> {
    key: Bytes<'a>,
    graph: Cow<'a, str>,
    state: Bytes<'a>,
}

#[derive(Serialize, Deserialize)]
struct StoredPending<'a> {
    parent: Bytes<'a>,
    step: i64,
    writes: Vec<StoredWrite<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    remembered: Vec<StoredMemory<'a>>,
}

#[derive(Serialize, Deserialize)]
struct StoredMemory<'a> {
    task: usize,
    kind: RememberedKind,
    key: Bytes<'a>,
    name: Cow<'a, str>,
    value: Bytes<'a>,
}

#[derive(Serialize, Deserialize)]
struct StoredWrite<'a> {
    task: usize,
    write: StoredUpdate<'a>,
    route: Option<Bytes<'a>>,
    pushed: Vec<Bytes<'a>>,
}

#[derive(Serialize, Deserialize)]
struct StoredUpdate<'a> {
    node: Option<Cow<'a, str>>,
    update: Bytes<'a>,
}

/// Bytes, which serde would take for a list of numbers.
struct Bytes<'a>(Cow<'a, [u8]>);

impl<'a> Stored<'a> {
    pub(super) fn of(record: &'a Record) -> Self {
        let kind = match &record.kind {
            RecordKind::Step(step) => StoredKind::Step(StoredStep {
                parent: step.parent.as_ref().map(Bytes::of_id),
                input: step.input.as_ref().map(Bytes::of_id),
                step: step.step,
                source: step.source,
                writes: step.writes.iter().map(StoredUpdate::of).collect(),
                next: step.next.iter().map(|task| Bytes::of(task)).collect(),
                arrived: step.arrived.clone(),
                whole: step.snapshot.is_some(),
                kept: step.kept.iter().map(StoredKept::of).collect(),
            }),
            RecordKind::Pending(pending) => StoredKind::Pending(StoredPending {
                parent: Bytes::of_id(&pending.parent),
                step: pending.step,
                writes: pending.writes.iter().map(StoredWrite::of).collect(),
                remembered: pending.remembered.iter().map(StoredMemory::of).collect(),
            }),
        };
        let after = record.after.as_ref().map(Bytes::of_id);
        let (namespace, at) = (Cow::Borrowed(&*record.namespace), nanoseconds(record.at));
        Self { after, namespace, at, fingerprint: record.fingerprint, kind }
    }

    pub(super) fn encode(&self) -> Result<Vec<u8>, FormatError> {
        let mut bytes = Vec::with_capacity(256);
        encode(&mut bytes, |encoder| self.serialize(encoder))?;
        Ok(bytes)
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self, FormatError> {
        decode(bytes, |decoder| Self::deserialize(decoder))
    }

    /// The record with this id. The snapshot may have been left out.
    pub(super) fn into_record(self, id: Uuid, snapshot: Option<Vec<u8>>) -> Result<Record, FormatError> {
        let after = self.after.map(Bytes::id).transpose()?;
        let is_more = snapshot.is_some() && !matches!(&self.kind, StoredKind::Step(step) if step.whole);
        if is_more {
            return Err("it was saved without a snapshot, and has one".into());
        }
        let mut record = match self.kind {
            StoredKind::Step(stored) => {
                let mut step = StepRecord::new(stored.parent.map(Bytes::id).transpose()?, stored.step, stored.source);
                step.input = stored.input.map(Bytes::id).transpose()?;
                step.writes = stored.writes.into_iter().map(StoredUpdate::into_update).collect();
                step.next = stored.next.into_iter().map(Bytes::into_vec).collect();
                step.arrived = stored.arrived;
                step.snapshot = snapshot;
                step.kept = stored.kept.into_iter().map(StoredKept::into_kept).collect::<Result<_, _>>()?;
                Record::step(id, after, self.fingerprint, step)
            }
            StoredKind::Pending(stored) => {
                let writes = stored.writes.into_iter().map(StoredWrite::into_write).collect();
                let mut pending = PendingRecord::new(stored.parent.id()?, stored.step, writes);
                pending.remembered =
                    stored.remembered.into_iter().map(StoredMemory::into_remembered).collect::<Result<_, _>>()?;
                Record::pending(id, after, self.fingerprint, pending)
            }
        };
        record.namespace = self.namespace.into_owned();
        record.at = time(self.at);
        Ok(record)
    }
}

impl<'a> StoredWrite<'a> {
    fn of(write: &'a PendingWrite) -> Self {
        Self {
            task: write.task,
            write: StoredUpdate::of(&write.write),
            route: write.route.as_ref().map(|route| Bytes::of(route)),
            pushed: write.pushed.iter().map(|update| Bytes::of(update)).collect(),
        }
    }

    fn into_write(self) -> PendingWrite {
        let (route, pushed) = (self.route.map(Bytes::into_vec), self.pushed.into_iter().map(Bytes::into_vec));
        PendingWrite { task: self.task, write: self.write.into_update(), route, pushed: pushed.collect() }
    }
}

impl<'a> StoredMemory<'a> {
    fn of(remembered: &'a Remembered) -> Self {
        let Remembered { task, kind, key, name, value } = remembered;
        Self { task: *task, kind: *kind, key: Bytes::of_id(key), name: Cow::Borrowed(name), value: Bytes::of(value) }
    }

    fn into_remembered(self) -> Result<Remembered, FormatError> {
        let Self { task, kind, key, name, value } = self;
        Ok(Remembered { task, kind, key: key.id()?, name: name.into_owned(), value: value.into_vec() })
    }
}

impl<'a> StoredKept<'a> {
    fn of(kept: &'a KeptState) -> Self {
        let KeptState { key, graph, state } = kept;
        Self { key: Bytes::of_id(key), graph: Cow::Borrowed(graph), state: Bytes::of(state) }
    }

    fn into_kept(self) -> Result<KeptState, FormatError> {
        let Self { key, graph, state } = self;
        Ok(KeptState { key: key.id()?, graph: graph.into_owned(), state: state.into_vec() })
    }
}

impl<'a> StoredUpdate<'a> {
    fn of(update: &'a RecordedUpdate) -> Self {
        Self { node: update.node.as_deref().map(Cow::Borrowed), update: Bytes::of(&update.update) }
    }

    fn into_update(self) -> RecordedUpdate {
        RecordedUpdate { node: self.node.map(|node| Cow::Owned(node.into_owned())), update: self.update.into_vec() }
    }
}

impl<'a> Bytes<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self(Cow::Borrowed(bytes))
    }

    fn of_id(id: &'a Uuid) -> Self {
        Self::of(id.as_bytes())
    }

    fn id(self) -> Result<Uuid, FormatError> {
        Ok(Uuid::from_slice(&self.0)?)
    }

    fn into_vec(self) -> Vec<u8> {
        self.0.into_owned()
    }
}

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl Visitor<'_> for Read {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                Ok(bytes.to_vec())
            }
        }

        deserializer.deserialize_byte_buf(Read).map(|bytes| Self(Cow::Owned(bytes)))
    }
}

/// A time that does not fit (before 1677, after 2262) is moved to the nearest that does.
fn nanoseconds(at: SystemTime) -> i64 {
    match at.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |before| -before),
    }
}

fn time(nanoseconds: i64) -> SystemTime {
    let distance = Duration::from_nanos(nanoseconds.unsigned_abs());
    let time = if nanoseconds < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
    time.unwrap_or(UNIX_EPOCH)
}
