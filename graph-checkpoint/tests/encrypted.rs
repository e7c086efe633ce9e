//! Encryption at rest: no value is readable in the file, and nothing that was changed is decrypted.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod database;

use std::path::Path;
use std::time::SystemTime;

use graph_checkpoint::encrypt::{DecryptError, EncryptionKey};
use graph_checkpoint::postgres::PostgresOptions;
use graph_checkpoint::{EncryptedSaver, SqliteSaver, conformance};
use graph_core::checkpoint::{
    CheckpointError, Checkpointer, HistoryQuery, KeptState, MemorySaver, PendingRecord, PendingWrite, Record,
    RecordKind, RecordedUpdate, Remembered, RememberedKind, Retention, Saver, Source, StepRecord,
};
use graph_core::prelude::*;
use uuid::Uuid;

use self::database::Server;

fn key(id: u32) -> EncryptionKey {
    EncryptionKey::new(id, [id as u8; 32])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_encrypted_memory_saver_conforms() {
    conformance::run(|| async { Saver::new(EncryptedSaver::new(MemorySaver::new(), key(1))) }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_encrypted_sqlite_saver_conforms() {
    let folder = tempfile::tempdir().unwrap();
    conformance::run(|| async {
        let inner = SqliteSaver::open(folder.path().join(Uuid::new_v4().to_string())).await.unwrap();
        Saver::new(EncryptedSaver::new(inner, key(1)))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_encrypted_postgres_saver_conforms() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = &server.new_database().await;
    conformance::run(|| async move {
        let inner = PostgresOptions::new().connect(&database.url).await.unwrap();
        database.empty().await;
        Saver::new(EncryptedSaver::new(inner, key(1)))
    })
    .await;
}

const CANARY: &str = "canary-4711";

fn canary(place: &str) -> String {
    format!("{CANARY} in {place}")
}

#[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
struct Secrets {
    #[state(input, reduce = Append)]
    log: Vec<String>,
}

#[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
#[interrupt(resume = String)]
struct Ask {
    question: String,
}

#[node]
async fn ask(_: &Secrets, cx: &Context<Keeping>) -> NodeResult<SecretsWrite::Log> {
    let step = cx.step("fetch", async { Ok::<_, NodeError>(canary("a step")) }).await?;
    let answer = cx.interrupt(Ask { question: canary("a question") }).await?;
    Ok(SecretsWrite::Log(vec![step, answer]))
}

#[node]
fn beside(_: &Secrets) -> SecretsWrite::Log {
    SecretsWrite::Log(vec![canary("a pending write")])
}

#[node]
fn one(text: String) -> SecretsWrite::Log {
    SecretsWrite::Log(vec![text])
}

#[node]
fn fail(Secrets { log }: &Secrets) -> NodeResult<SecretsWrite::Log> {
    if log.len() > 6 { Ok(SecretsWrite::Log(Vec::new())) } else { Err(NodeError::msg(canary("an error"))) }
}

graph! {
    Keeping<Secrets> {
        interrupt Ask;

        START -> |Secrets { log }| for text in log { one(text.clone()) };
        one -> [ask, beside];
        [ask, beside] -> fail -> END;
    }
}

/// Leaves a canary everywhere where a thread keeps values.
async fn keep_secrets(saver: impl Checkpointer) -> Thread<Keeping> {
    let thread = Keeping::new().checkpointer(saver).thread("t");
    let run = thread.run(SecretsInput { log: vec![canary("an input")] });
    assert!(matches!(run.outcome().await.unwrap(), Outcome::Interrupted(_)));
    assert!(thread.resume(canary("an answer")).await.is_err(), "the last node fails");
    thread
}

/// How often the canary stands in the file, and what SQLite keeps beside it.
fn count(path: &Path) -> usize {
    let files = ["", "-wal"].map(|end| std::fs::read(format!("{}{end}", path.display())).unwrap_or_default());
    let found = |bytes: &Vec<u8>| bytes.windows(CANARY.len()).filter(|window| *window == CANARY.as_bytes()).count();
    files.iter().map(found).sum()
}

#[tokio::test]
async fn no_value_is_readable_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("encrypted.db");
    let thread = keep_secrets(EncryptedSaver::new(SqliteSaver::open(&path).await.unwrap(), key(1))).await;
    thread.prune(Retention::last(2)).await.unwrap();
    let state = thread.state().await.unwrap();
    assert_eq!(state.values.log.len(), 5);
    assert!(state.tasks[0].error.as_ref().unwrap().contains(CANARY));
    assert_eq!(count(&path), 0);

    // The same without the layer, so that the count is seen to count.
    let path = folder.path().join("clear.db");
    let _thread = keep_secrets(SqliteSaver::open(&path).await.unwrap()).await;
    assert!(count(&path) >= 7, "only {}", count(&path));
}

fn reason(error: &CheckpointError, thread: &str, checkpoint: Uuid) -> DecryptError {
    let CheckpointError::Decrypt { thread: named, checkpoint: id, source } = error else { panic!("{error}") };
    assert_eq!((&**named, *id), (thread, checkpoint));
    *source.downcast_ref::<DecryptError>().unwrap()
}

#[tokio::test]
async fn a_wrong_a_missing_and_no_key_are_errors_that_name_thread_and_checkpoint() {
    let inner = MemorySaver::new();
    keep_secrets(EncryptedSaver::new(inner.clone(), key(1))).await;
    let first = inner.load("t", None).await.unwrap().records[0].id;
    for (wrong, expected) in [
        (EncryptionKey::new(1, [9; 32]), DecryptError::Rejected { key: 1 }),
        (key(2), DecryptError::UnknownKey { key: 1 }),
    ] {
        let saver = EncryptedSaver::new(inner.clone(), wrong);
        assert_eq!(reason(&saver.load("t", None).await.unwrap_err(), "t", first), expected);
        assert!(matches!(saver.history("t", &HistoryQuery::new()).await, Err(CheckpointError::Decrypt { .. })));
        let error = Keeping::new().checkpointer(saver).thread("t").continue_run().await.unwrap_err();
        assert!(
            error.to_string().contains(&format!("checkpoint {first} of thread `t` cannot be decrypted")),
            "{error}"
        );
    }
    let clear = MemorySaver::new();
    keep_secrets(clear.clone()).await;
    let first = clear.load("t", None).await.unwrap().records[0].id;
    let error = EncryptedSaver::new(clear, key(1)).load("t", None).await.unwrap_err();
    assert_eq!(reason(&error, "t", first), DecryptError::Clear);
}

#[tokio::test]
async fn old_keys_decrypt_what_they_encrypted() {
    let inner = MemorySaver::new();
    keep_secrets(EncryptedSaver::new(inner.clone(), key(1))).await;
    let rotated = EncryptedSaver::new(inner.clone(), key(2)).with_old_key(key(1));
    let app = Keeping::new().checkpointer(rotated);
    app.thread("t").update(KeepingUpdate::Beside(SecretsWrite::Log(vec!["more".into(); 3]))).await.unwrap();
    app.thread("t").continue_run().await.unwrap();
    app.thread("t").prune(Retention::last(1)).await.unwrap();
    let new = EncryptedSaver::new(inner.clone(), key(2));
    assert_eq!(new.load("t", None).await.unwrap().records.len(), 1, "all of it is under the new key by now");
    // Two keys with one id: the one that fits is found.
    let twice = EncryptedSaver::new(inner, EncryptionKey::new(2, [7; 32])).with_old_key(key(2));
    assert!(twice.load("t", None).await.is_ok());
    assert_eq!(format!("{twice:?}").matches("EncryptionKey { id: 2, .. }").count(), 2);
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn update(node: &'static str, text: &str) -> RecordedUpdate {
    RecordedUpdate { node: Some(node.into()), update: text.into() }
}

/// Two records with everything that a record can have.
fn records() -> [Record; 2] {
    let mut step = StepRecord::new(None, 1, Source::Loop);
    step.writes = vec![update("a", "first"), update("a", "second")];
    step.next = vec![b"task".to_vec(), b"other task".to_vec()];
    step.snapshot = Some(b"state".to_vec());
    step.kept = ["one", "two"].map(|graph| KeptState { key: id(8), graph: graph.into(), state: graph.into() }).into();
    let write = PendingWrite {
        task: 0,
        write: update("a", "pending"),
        route: Some(b"route".to_vec()),
        pushed: vec![b"pushed".to_vec(), b"pushed later".to_vec()],
    };
    let mut pending = PendingRecord::new(id(1), 2, vec![write]);
    pending.remembered = ["one", "two"]
        .map(|name| Remembered {
            task: 1,
            kind: RememberedKind::Step,
            key: id(9),
            name: name.into(),
            value: name.into(),
        })
        .into();
    let mut records = [Record::step(id(1), None, 7, step), Record::pending(id(2), Some(id(1)), 7, pending)];
    records.iter_mut().for_each(|record| record.at = SystemTime::UNIX_EPOCH);
    records
}

/// The values of a record.
fn values(record: &mut Record) -> Vec<&mut Vec<u8>> {
    match &mut record.kind {
        RecordKind::Step(step) => {
            let writes = step.writes.iter_mut().map(|write| &mut write.update);
            let kept = step.kept.iter_mut().map(|kept| &mut kept.state);
            writes.chain(&mut step.next).chain(&mut step.snapshot).chain(kept).collect()
        }
        RecordKind::Pending(pending) => {
            let writes = pending.writes.iter_mut().flat_map(|write| {
                [&mut write.write.update].into_iter().chain(&mut write.route).chain(&mut write.pushed)
            });
            writes.chain(pending.remembered.iter_mut().map(|remembered| &mut remembered.value)).collect()
        }
        _ => panic!("no such record"),
    }
}

/// What the layer says of records that were changed behind its back.
async fn tampered(change: impl FnOnce(&mut [Record; 2])) -> Result<(), CheckpointError> {
    let stored = MemorySaver::new();
    let saver = EncryptedSaver::new(stored.clone(), key(1));
    for record in records() {
        saver.append("t", record, None).await.unwrap();
    }
    let mut changed: [Record; 2] = stored.load("t", None).await.unwrap().records.try_into().unwrap();
    change(&mut changed);
    let damaged = MemorySaver::new();
    for record in changed {
        damaged.append("t", record, None).await.unwrap();
    }
    let loaded = EncryptedSaver::new(damaged, key(1)).load("t", None).await?.records;
    assert_eq!(loaded, records(), "a change was not seen");
    Ok(())
}

#[tokio::test]
async fn a_changed_byte_a_swapped_value_and_a_changed_record_are_errors() {
    assert!(tampered(|_| ()).await.is_ok());
    for record in 0..2 {
        let count = values(&mut records()[record]).len();
        for value in 0..count {
            let length = 46 + values(&mut records()[record])[value].len();
            for at in 0..length {
                let error = tampered(|records| values(&mut records[record])[value][at] ^= 1).await.unwrap_err();
                reason(&error, "t", id(record as u128 + 1));
            }
            for other in 0..value {
                let swapped = tampered(|records| {
                    let mut values = values(&mut records[record]);
                    let (left, right) = values.split_at_mut(value);
                    std::mem::swap(left[other], right[0]);
                });
                assert_eq!(
                    reason(&swapped.await.unwrap_err(), "t", id(record as u128 + 1)),
                    DecryptError::Rejected { key: 1 }
                );
            }
            let cut = tampered(|records| values(&mut records[record])[value].truncate(45)).await.unwrap_err();
            reason(&cut, "t", id(record as u128 + 1));
        }
    }
    let moved = tampered(|[step, pending]| std::mem::swap(values(step)[0], values(pending)[0])).await;
    reason(&moved.unwrap_err(), "t", id(1));
    type Change = fn(&mut Record);
    let changes: [(usize, Change); 7] = [
        (0, |record| record.fingerprint = 8),
        (0, |record| step_of(record).step = 2),
        (0, |record| step_of(record).writes[0].node = Some("b".into())),
        (0, |record| step_of(record).arrived = vec![vec![true]]),
        (0, |record| _ = step_of(record).next.pop()),
        (0, |record| step_of(record).kept[0].key = id(7)),
        (1, |record| {
            if let RecordKind::Pending(pending) = &mut record.kind {
                pending.writes[0].task = 1;
            }
        }),
    ];
    for (at, change) in changes {
        let error = tampered(|records| change(&mut records[at])).await.unwrap_err();
        assert_eq!(reason(&error, "t", id(at as u128 + 1)), DecryptError::Rejected { key: 1 });
    }
}

fn step_of(record: &mut Record) -> &mut StepRecord {
    match &mut record.kind {
        RecordKind::Step(step) => step,
        _ => panic!("no step"),
    }
}
