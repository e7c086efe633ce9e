//! The calls of a process, and what each prefix of them leaves.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use graph_checkpoint::sqlite::{SqliteOptions, Synchronous};
use graph_core::checkpoint::{
    Checkpointer, HistoryQuery, Lease, MemorySaver, PendingRecord, PendingWrite, Record, RecordKind, RecordedUpdate,
    Retention, Source, StepRecord, ThreadsQuery, WholeState,
};
use uuid::Uuid;

pub(crate) const FOLDER: &str = "FAILPOINTS_FOLDER";
/// The planted bug: a call is acknowledged before it is made.
pub(crate) const EARLY: &str = "FAILPOINTS_EARLY";
/// How many calls there are.
pub(crate) const CALLS: usize = 15;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn update(number: u128) -> RecordedUpdate {
    RecordedUpdate { node: Some("node".into()), update: vec![number as u8; 9] }
}

/// Without a snapshot, but for the first.
fn step(number: u128, after: Option<u128>, parent: Option<u128>) -> Record {
    let mut step = StepRecord::new(parent.map(id), number as i64, Source::Loop);
    step.writes = vec![update(number)];
    step.snapshot = parent.is_none().then(|| vec![1; 9]);
    made(Record::step(id(number), after.map(id), 0, step))
}

fn made(mut record: Record) -> Record {
    record.at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    record
}

async fn lease(saver: &dyn Checkpointer) -> Lease {
    saver.lease("t", "one", Duration::from_hours(1)).await.unwrap()
}

/// Makes one of the calls. The lease of a process that was aborted is taken again.
async fn call(saver: &dyn Checkpointer, number: usize) {
    match number {
        0 => saver.append("t", step(1, None, None), None).await.unwrap(),
        1 => saver.append("t", step(2, Some(1), Some(1)), None).await.unwrap(),
        2 => {
            let write = PendingWrite { task: 0, write: update(3), route: None, pushed: Vec::new() };
            let pending = made(Record::pending(id(3), Some(id(2)), 0, PendingRecord::new(id(2), 3, vec![write])));
            saver.append("t", pending, None).await.unwrap();
        }
        3 => saver.append("t", step(4, Some(3), Some(2)), None).await.unwrap(),
        4 => _ = lease(saver).await,
        5 => {
            let lease = lease(saver).await;
            saver.append("t", step(5, Some(4), Some(4)), Some(&lease)).await.unwrap();
        }
        6 => {
            let lease = lease(saver).await;
            saver.renew(&lease, Duration::from_hours(2)).await.unwrap();
        }
        7 => {
            let lease = lease(saver).await;
            saver.release(&lease).await.unwrap();
        }
        8 => saver.copy("t", "copy").await.unwrap(),
        9 => saver.add_snapshot("t", id(4), WholeState::new(vec![4; 9])).await.unwrap(),
        10 => _ = saver.prune("t", &Retention::last(1)).await.unwrap(),
        11 => saver.append("t", step(6, Some(5), Some(4)), None).await.unwrap(),
        12 => _ = lease(saver).await,
        13 => {
            let lease = lease(saver).await;
            saver.delete("t", Some(&lease)).await.unwrap();
        }
        14 => saver.append("t", step(7, None, None), None).await.unwrap(),
        _ => panic!("there is no call {number}"),
    }
}

/// Everything that can be seen of the threads, and whether `t` is leased.
async fn picture(saver: &dyn Checkpointer) -> String {
    let mut text = String::new();
    for thread in saver.threads(&ThreadsQuery::new()).await.unwrap() {
        let newest = saver.load(&thread.id, None).await.unwrap();
        let history = saver.history(&thread.id, &HistoryQuery::new()).await.unwrap();
        let pending = newest.records.iter().filter(|record| matches!(record.kind, RecordKind::Pending(_)));
        let numbers: Vec<(u128, bool)> =
            history.iter().map(|record| (record.id.as_u128(), record.has_snapshot())).collect();
        text += &format!("{}: {:?}, {} pending, checkpoints {numbers:?}\n", thread.id, newest.last, pending.count());
    }
    let is_leased = saver.lease("t", "somebody else", Duration::ZERO).await.is_err();
    format!("{text}leased: {is_leased}")
}

/// What is seen after the first `calls` calls.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn expected(calls: usize) -> String {
    let saver = MemorySaver::new();
    for number in 0..calls {
        call(&saver, number).await;
    }
    picture(&saver).await
}

fn options() -> SqliteOptions {
    // An aborted process loses nothing that the system has: waiting for the disk only takes time.
    SqliteOptions::new().synchronous(Synchronous::Normal).connections(1)
}

fn database(folder: &Path) -> PathBuf {
    folder.join("threads.db")
}

/// What is seen in the file.
#[tokio::main(flavor = "current_thread")]
pub(crate) async fn seen(folder: &Path) -> String {
    let saver = options().open(database(folder)).await.unwrap();
    let file = rusqlite::Connection::open(database(folder)).unwrap();
    let sound: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
    picture(&saver).await
}

/// How many calls were acknowledged.
pub(crate) fn acknowledged(folder: &Path) -> usize {
    std::fs::read(folder.join("acknowledged")).map_or(0, |bytes| bytes.len())
}

fn acknowledge(folder: &Path, calls: usize) {
    std::fs::write(folder.join("acknowledged"), vec![b'.'; calls]).unwrap();
}

/// Makes the calls that are not done yet.
pub(crate) fn run() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let is_early = std::env::var_os(EARLY).is_some();
    let done = acknowledged(&folder);
    let first = if done < CALLS && database(&folder).exists() && is_done(&folder, done) { done + 1 } else { done };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let saver = options().open(database(&folder)).await.unwrap();
        for number in first..CALLS {
            if is_early {
                acknowledge(&folder, number + 1);
            }
            call(&saver, number).await;
            acknowledge(&folder, number + 1);
        }
    });
}

/// Whether a call is done that was not acknowledged.
fn is_done(folder: &Path, call: usize) -> bool {
    let (before, after) = (expected(call), expected(call + 1));
    before != after && seen(folder) == after
}
