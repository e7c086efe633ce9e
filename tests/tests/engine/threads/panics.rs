//! A saver that panics: an error of the run that names the saver's method.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use graph_core::Error;
use graph_core::checkpoint::{
    CheckpointError, Checkpointer, HistoryQuery, Lease, Lineage, Pruned, Record, RecordKind, Retention, Saver,
    ThreadInfo, ThreadsQuery, WholeState,
};
use graph_core::prelude::*;
use uuid::Uuid;

use crate::kit::{Line, Log, line, nothing, read};

/// The call in which the saver panics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panics {
    Never,
    /// Before `append` has a future.
    First,
    Step,
    Pending,
    Load,
    History,
    Lease,
    Renew,
    Release,
    Threads,
    Delete,
    Copy,
    Size,
    Prune,
    AddSnapshot,
}

#[derive(Clone)]
struct Broken {
    inner: MemorySaver,
    panics: Panics,
    steps: Arc<AtomicU32>,
}

#[async_trait]
impl Checkpointer for Broken {
    async fn append(&self, thread: &str, record: Record, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        match record.kind {
            RecordKind::Step(_) => {
                let steps = self.steps.fetch_add(1, Ordering::SeqCst);
                assert!(self.panics != Panics::First, "no disk");
                tokio::task::yield_now().await;
                assert!(self.panics != Panics::Step || steps == 0, "disk full at {steps}");
            }
            _ => assert!(self.panics != Panics::Pending, "no room for pending writes"),
        }
        self.inner.append(thread, record, lease).await
    }

    async fn load(&self, thread: &str, at: Option<Uuid>) -> Result<Lineage, CheckpointError> {
        assert!(self.panics != Panics::Load, "no such table");
        self.inner.load(thread, at).await
    }

    async fn history(&self, thread: &str, query: &HistoryQuery) -> Result<Vec<Record>, CheckpointError> {
        assert!(self.panics != Panics::History, "no disk");
        self.inner.history(thread, query).await
    }

    async fn lease(&self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError> {
        assert!(self.panics != Panics::Lease, "no disk");
        self.inner.lease(thread, owner, ttl).await
    }

    async fn renew(&self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError> {
        assert!(self.panics != Panics::Renew, "no disk");
        self.inner.renew(lease, ttl).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), CheckpointError> {
        assert!(self.panics != Panics::Release, "no disk");
        self.inner.release(lease).await
    }

    async fn threads(&self, query: &ThreadsQuery) -> Result<Vec<ThreadInfo>, CheckpointError> {
        assert!(self.panics != Panics::Threads, "no disk");
        self.inner.threads(query).await
    }

    async fn delete(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        assert!(self.panics != Panics::Delete, "read-only");
        self.inner.delete(thread, lease).await
    }

    async fn copy(&self, from: &str, to: &str) -> Result<(), CheckpointError> {
        assert!(self.panics != Panics::Copy, "no disk");
        self.inner.copy(from, to).await
    }

    async fn size(&self, thread: &str) -> Result<u64, CheckpointError> {
        assert!(self.panics != Panics::Size, "no disk");
        self.inner.size(thread).await
    }

    async fn prune(&self, thread: &str, retention: &Retention) -> Result<Pruned, CheckpointError> {
        assert!(self.panics != Panics::Prune, "no disk");
        self.inner.prune(thread, retention).await
    }

    async fn add_snapshot(&self, thread: &str, checkpoint: Uuid, whole: WholeState) -> Result<(), CheckpointError> {
        assert!(self.panics != Panics::AddSnapshot, "no disk");
        self.inner.add_snapshot(thread, checkpoint, whole).await
    }
}

#[node]
fn quick() -> Line {
    line("quick")
}

#[node]
async fn slow() -> Line {
    for _ in 0..3 {
        tokio::task::yield_now().await;
    }
    line("slow")
}

graph! {
    Both<Log> {
        START -> [quick, slow];
        quick -> END;
        slow -> END;
    }
}

fn saver(panics: Panics) -> Broken {
    Broken { inner: MemorySaver::new(), panics, steps: Arc::default() }
}

fn panic_of(error: &Error) -> (&'static str, &str) {
    match error {
        Error::Checkpoint(CheckpointError::Panic { operation, message }) => (operation, message),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_panic_where_a_step_is_saved_is_an_error_and_the_thread_keeps_the_step_before() {
    let broken = saver(Panics::Step);
    let thread = Both::new().checkpointer(broken.clone()).thread("t");
    let (updates, error) = read(thread.run(nothing()).updates()).await;
    let error = error.unwrap();
    assert_eq!(updates.len(), 2, "the nodes have run");
    assert_eq!(panic_of(&error), ("append", "disk full at 1"));
    assert_eq!(error.to_string(), "the checkpointer panicked in `append`: disk full at 1");
    let mended = Both::new().checkpointer(Broken { panics: Panics::Never, ..broken }).thread("t");
    let before = mended.state().await.unwrap();
    assert_eq!((before.step, before.values.log.len()), (0, 0));
    assert_eq!(mended.continue_run().await.unwrap().log, ["quick", "slow"]);
}

#[tokio::test]
async fn a_panic_before_the_first_checkpoint_is_an_error_too() {
    let thread = Both::new().checkpointer(saver(Panics::First)).thread("t");
    assert_eq!(panic_of(&thread.run(nothing()).await.unwrap_err()), ("append", "no disk"));
}

#[tokio::test]
async fn a_panic_where_a_pending_write_is_saved_fails_the_run() {
    let broken = saver(Panics::Pending);
    let thread = Both::new().checkpointer(broken.clone()).thread("t");
    let error = thread.run(nothing()).await.unwrap_err();
    assert_eq!(panic_of(&error), ("append", "no room for pending writes"));
    let mended = Both::new().checkpointer(Broken { panics: Panics::Never, ..broken }).thread("t");
    assert_eq!(mended.continue_run().await.unwrap().log, ["quick", "slow"]);
}

#[tokio::test]
async fn a_panic_where_a_thread_is_loaded_is_an_error() {
    let app = Both::new().checkpointer(saver(Panics::Load));
    let thread = app.thread("t");
    for error in [
        thread.run(nothing()).await.unwrap_err(),
        thread.continue_run().await.unwrap_err(),
        thread.run(nothing()).spawn().await.unwrap_err(),
        thread.state().await.err().unwrap(),
    ] {
        assert_eq!(panic_of(&error), ("load", "no such table"));
    }
}

#[tokio::test]
async fn a_panic_where_a_thread_is_deleted_is_an_error() {
    let app = Both::new().checkpointer(saver(Panics::Delete));
    assert_eq!(panic_of(&app.delete_thread("t").await.unwrap_err()), ("delete", "read-only"));
}

#[tokio::test]
async fn a_panic_in_any_other_method_is_an_error_that_names_it() {
    let lease = Lease::new("t", "me", 1, Duration::ZERO);
    let calls = |panics| Saver::new(saver(panics));
    let errors = [
        ("history", calls(Panics::History).history("t", &HistoryQuery::new()).await.err()),
        ("lease", calls(Panics::Lease).lease("t", "me", Duration::ZERO).await.err()),
        ("renew", calls(Panics::Renew).renew(&lease, Duration::ZERO).await.err()),
        ("release", calls(Panics::Release).release(&lease).await.err()),
        ("threads", calls(Panics::Threads).threads(&ThreadsQuery::new()).await.err()),
        ("copy", calls(Panics::Copy).copy("t", "u").await.err()),
        ("size", calls(Panics::Size).size("t").await.err()),
        ("prune", calls(Panics::Prune).prune("t", &Retention::last(1)).await.err()),
        ("add_snapshot", calls(Panics::AddSnapshot).add_snapshot("t", Uuid::nil(), WholeState::default()).await.err()),
    ];
    for (method, error) in errors {
        let Some(CheckpointError::Panic { operation, message }) = error else { panic!("{method}: {error:?}") };
        assert_eq!((operation, &*message), (method, "no disk"));
    }
}
