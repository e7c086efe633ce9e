//! The records of the cases.

use graph_core::checkpoint::{
    CheckpointError, Lease, PendingRecord, PendingWrite, Record, RecordKind, RecordedUpdate, Saver, Source, StepRecord,
};
use uuid::Uuid;

pub(super) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// The numbers of the records' ids.
pub(super) fn numbers(records: &[Record]) -> Vec<u128> {
    records.iter().map(|record| record.id.as_u128()).collect()
}

fn update(number: u128) -> RecordedUpdate {
    RecordedUpdate { node: Some(format!("node {number}").into()), update: number.to_be_bytes().to_vec() }
}

/// A checkpoint of step `number` that follows `parent`. The first has a snapshot.
pub(super) fn step(number: u128, after: Option<u128>, parent: Option<u128>) -> Record {
    let mut step = StepRecord::new(parent.map(id), number as i64, Source::Loop);
    step.writes = vec![update(number)];
    step.next = vec![vec![0, 1, 0xff]];
    step.arrived = vec![vec![true, false]];
    step.snapshot = parent.is_none().then(|| vec![number as u8; 100]);
    Record::step(id(number), after.map(id), u64::MAX, step)
}

/// Pending writes of the step after the checkpoint `parent`.
pub(super) fn pending(number: u128, after: u128, parent: u128) -> Record {
    let write = PendingWrite { task: 1, write: update(number), route: Some(vec![2]), pushed: vec![vec![3]] };
    let pending = PendingRecord::new(id(parent), parent as i64 + 1, vec![write]);
    Record::pending(id(number), Some(id(after)), 0, pending)
}

/// The log of a thread: checkpoints that follow one another.
pub(super) async fn append_steps(saver: &Saver, thread: &str, count: u128) -> Vec<Record> {
    let mut records = Vec::new();
    for number in 1..=count {
        let before = (number > 1).then(|| number - 1);
        records.push(step(number, before, before));
        append(saver, thread, records[records.len() - 1].clone()).await;
    }
    records
}

pub(super) async fn append(saver: &Saver, thread: &str, record: Record) {
    ok("append", saver.append(thread, record, None).await);
}

/// The result of a call that must not fail.
#[track_caller]
pub(super) fn ok<T>(call: &str, result: Result<T, CheckpointError>) -> T {
    result.unwrap_or_else(|error| panic!("`{call}` failed: {error}"))
}

#[track_caller]
pub(super) fn assert_stale<T: std::fmt::Debug>(lease: &Lease, result: &Result<T, CheckpointError>) {
    let is_stale = matches!(result, Err(CheckpointError::StaleLease { epoch, .. }) if *epoch == lease.epoch);
    assert!(is_stale, "a lease that is not the current one gave {result:?}");
}

pub(super) fn set_input(record: &mut Record, input: u128) {
    if let RecordKind::Step(step) = &mut record.kind {
        step.input = Some(id(input));
    }
}

pub(super) fn set_snapshot(record: &mut Record) {
    if let RecordKind::Step(step) = &mut record.kind {
        step.snapshot = Some(vec![7; 100]);
    }
}
