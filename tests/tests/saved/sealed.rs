//! The stored form of records: golden files of its versions, and damage of every byte.

use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};
use std::{env, fs};

use graph_core::checkpoint::{
    CheckpointError, PendingRecord, PendingWrite, Record, RecordedUpdate, SealedRecord, Source, StepRecord,
};
use uuid::Uuid;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn update(node: Option<&'static str>, byte: u8) -> RecordedUpdate {
    RecordedUpdate { node: node.map(Into::into), update: vec![byte; 3] }
}

/// One record of each kind, with everything that it can have.
fn records() -> [Record; 2] {
    let mut step = StepRecord::new(Some(id(1)), 4, Source::Loop);
    step.input = Some(id(2));
    step.writes = vec![update(None, 0xff), update(Some("größe"), 0)];
    step.next = vec![vec![1, 2], Vec::new()];
    step.arrived = vec![vec![true, false], Vec::new()];
    step.snapshot = Some(b"the whole state".to_vec());
    let write = PendingWrite { task: 300, write: update(Some("n"), 9), route: Some(vec![7]), pushed: vec![vec![8]] };
    let pending = PendingRecord::new(id(3), 5, vec![write]);
    let mut records =
        [Record::step(id(3), Some(id(1)), u64::MAX, step), Record::pending(id(4), Some(id(3)), 0, pending)];
    for record in &mut records {
        record.at = UNIX_EPOCH + Duration::new(1_700_000_000, 123_456_789);
        "outer:1|inner".clone_into(&mut record.namespace);
    }
    records
}

#[test]
fn form_1_is_written_and_read_as_it_was_released() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/saved/form_1");
    let [step, pending] = records();
    let (sealed_step, sealed_pending) = (step.seal().unwrap(), pending.seal().unwrap());
    let snapshot = sealed_step.snapshot.clone().unwrap();
    let parts =
        [("step.body", &sealed_step.body), ("step.snapshot", &snapshot), ("pending.body", &sealed_pending.body)];
    let [body, snapshot, pending_body] = parts.map(|(name, now)| {
        let path = folder.join(name);
        // A released form never changes: only a file that is not there is written.
        if !path.exists() && env::var_os("GRAPH_BLESS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, now).unwrap();
        }
        let then = fs::read(&path).unwrap();
        assert_eq!(&then, now, "{name}");
        then
    });
    assert_eq!(SealedRecord::new(body, Some(snapshot)).open("t", id(3)).unwrap(), step);
    assert_eq!(SealedRecord::new(pending_body, None).open("t", id(4)).unwrap(), pending);
}

#[test]
fn any_byte_that_has_changed_is_an_error_that_names_thread_and_checkpoint() {
    for record in records() {
        let sealed = record.seal().unwrap();
        let (body, snapshot) = (sealed.body.len(), sealed.snapshot.as_ref().map_or(0, Vec::len));
        for at in 0..body + snapshot {
            for flip in [0x01, 0x80, 0xff] {
                let mut damaged = sealed.clone();
                match damaged.snapshot.as_mut().filter(|_| at >= body) {
                    Some(snapshot) => snapshot[at - body] ^= flip,
                    None => damaged.body[at] ^= flip,
                }
                let error = damaged.open("t", record.id).unwrap_err();
                assert!(matches!(error, CheckpointError::Damaged { .. }), "byte {at}: {error}");
                let start = format!("checkpoint {} of thread `t` cannot be read: ", record.id);
                assert!(error.to_string().starts_with(&start), "{error}");
            }
        }
        for length in 0..body {
            let damaged = SealedRecord::new(sealed.body[..length].to_vec(), sealed.snapshot.clone());
            assert!(matches!(damaged.open("t", record.id), Err(CheckpointError::Damaged { .. })), "{length} bytes");
        }
        let other = sealed.open("t", id(99));
        assert!(matches!(other, Err(CheckpointError::Damaged { .. })), "under another id");
    }
}

#[test]
fn a_snapshot_may_be_left_out_but_not_come_from_elsewhere() {
    let [mut step, pending] = records();
    let sealed = step.seal().unwrap();
    let without = SealedRecord::new(sealed.body.clone(), None).open("t", step.id).unwrap();
    assert_eq!(without.as_step().unwrap().snapshot, None);
    let swapped = SealedRecord::new(sealed.body.clone(), Some(sealed.body.clone()));
    assert!(swapped.open("t", step.id).unwrap_err().to_string().contains("in place of another"));
    let foreign = SealedRecord::new(pending.seal().unwrap().body, sealed.snapshot.clone());
    assert!(foreign.open("t", pending.id).is_err());
    if let graph_core::checkpoint::RecordKind::Step(step) = &mut step.kind {
        step.snapshot = None;
    }
    let added = SealedRecord::new(step.seal().unwrap().body, sealed.snapshot);
    assert!(added.open("t", step.id).unwrap_err().to_string().contains("saved without a snapshot"));
}
