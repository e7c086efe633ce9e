//! Calling a checkpointer: thread ids are checked first, and its panics become errors.

use std::any::Any;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Poller, Poll};
use std::time::Duration;

use uuid::Uuid;

use super::thread_id::check_thread_id;
use super::{
    CheckpointError, Checkpointer, HistoryQuery, Lease, Lineage, Pruned, Record, Retention, ThreadInfo, ThreadsQuery,
    WholeState,
};
use crate::panic::panic_text;

/// How many threads are asked for at a time.
const PAGE: usize = 64;

/// A checkpointer as it is called: its methods are those of [`Checkpointer`], with the same errors. Clones share it.
///
/// Two more errors come from here, and so are the same for every checkpointer: a thread id that is empty, has a NUL, or
/// is longer than [`MAX_THREAD_ID`](super::MAX_THREAD_ID) is [`CheckpointError::InvalidThreadId`], and a panic is
/// [`CheckpointError::Panic`].
///
/// ```
/// use std::time::Duration;
///
/// use graph_core::checkpoint::{CheckpointError, MemorySaver, Saver};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), CheckpointError> {
/// let saver = Saver::new(MemorySaver::new());
/// let lease = saver.lease("order-7", "worker-1", Duration::from_secs(30)).await?;
/// let busy = saver.lease("order-7", "worker-2", Duration::from_secs(30)).await;
/// assert!(matches!(busy, Err(CheckpointError::Leased { owner, .. }) if owner == "worker-1"));
/// saver.release(&lease).await?;
///
/// let next = saver.lease("order-7", "worker-2", Duration::from_secs(30)).await?;
/// assert!(next.epoch > lease.epoch);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Saver(Arc<dyn Checkpointer>);

impl Saver {
    /// Calls this checkpointer.
    #[must_use]
    pub fn new(checkpointer: impl Checkpointer) -> Self {
        Self(Arc::new(checkpointer))
    }

    /// [`Checkpointer::append`].
    ///
    /// # Errors
    /// Its own.
    pub fn append<'a>(
        &'a self,
        thread: &'a str,
        record: Record,
        lease: Option<&'a Lease>,
    ) -> impl Future<Output = Result<(), CheckpointError>> + Send + 'a {
        // Called at once, so that the record is not copied once more with the future.
        let call =
            check_thread_id(thread).map(move |()| caught("append", move || self.0.append(thread, record, lease)));
        async move { call?.await }
    }

    /// [`Checkpointer::load`].
    ///
    /// # Errors
    /// Its own.
    pub async fn load(&self, thread: &str, at: Option<Uuid>) -> Result<Lineage, CheckpointError> {
        check_thread_id(thread)?;
        caught("load", || self.0.load(thread, at)).await
    }

    /// [`Checkpointer::history`].
    ///
    /// # Errors
    /// Its own.
    pub async fn history(&self, thread: &str, query: &HistoryQuery) -> Result<Vec<Record>, CheckpointError> {
        check_thread_id(thread)?;
        caught("history", || self.0.history(thread, query)).await
    }

    /// [`Checkpointer::lease`].
    ///
    /// # Errors
    /// Its own.
    pub async fn lease(&self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError> {
        check_thread_id(thread)?;
        caught("lease", || self.0.lease(thread, owner, ttl)).await
    }

    /// [`Checkpointer::renew`].
    ///
    /// # Errors
    /// Its own.
    pub async fn renew(&self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError> {
        check_thread_id(&lease.thread)?;
        caught("renew", || self.0.renew(lease, ttl)).await
    }

    /// [`Checkpointer::release`].
    ///
    /// # Errors
    /// Its own.
    pub async fn release(&self, lease: &Lease) -> Result<(), CheckpointError> {
        check_thread_id(&lease.thread)?;
        caught("release", || self.0.release(lease)).await
    }

    /// [`Checkpointer::threads`].
    ///
    /// # Errors
    /// Its own.
    pub async fn threads(&self, query: &ThreadsQuery) -> Result<Vec<ThreadInfo>, CheckpointError> {
        caught("threads", || self.0.threads(query)).await
    }

    /// [`Checkpointer::delete`].
    ///
    /// # Errors
    /// Its own.
    pub async fn delete(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        check_thread_id(thread)?;
        caught("delete", || self.0.delete(thread, lease)).await
    }

    /// [`Checkpointer::copy`].
    ///
    /// # Errors
    /// Its own.
    pub async fn copy(&self, from: &str, to: &str) -> Result<(), CheckpointError> {
        check_thread_id(from)?;
        check_thread_id(to)?;
        caught("copy", || self.0.copy(from, to)).await
    }

    /// [`Checkpointer::size`].
    ///
    /// # Errors
    /// Its own.
    pub async fn size(&self, thread: &str) -> Result<u64, CheckpointError> {
        check_thread_id(thread)?;
        caught("size", || self.0.size(thread)).await
    }

    /// [`Checkpointer::prune`]. A checkpoint that is restored from earlier ones keeps them:
    /// [`Thread::prune`](crate::thread::Thread::prune) gives it a snapshot first, so that they can go, too.
    ///
    /// # Errors
    /// Its own.
    pub async fn prune(&self, thread: &str, retention: &Retention) -> Result<Pruned, CheckpointError> {
        check_thread_id(thread)?;
        caught("prune", || self.0.prune(thread, retention)).await
    }

    /// Prunes all threads, one after the other, and returns what was deleted in all.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use graph_core::checkpoint::{CheckpointError, MemorySaver, Retention, Saver};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), CheckpointError> {
    /// let saver = Saver::new(MemorySaver::new());
    /// let month = Duration::from_hours(30 * 24);
    /// let pruned = saver.prune_all(&Retention::newer_than(month)).await?;
    /// assert_eq!((pruned.checkpoints, pruned.bytes), (0, 0));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`prune`](Self::prune). The threads before the one that failed are pruned.
    pub async fn prune_all(&self, retention: &Retention) -> Result<Pruned, CheckpointError> {
        let mut query = ThreadsQuery::new().limit(PAGE);
        let mut all = Pruned::default();
        loop {
            let threads = self.threads(&query).await?;
            for thread in &threads {
                let pruned = self.prune(&thread.id, retention).await?;
                all.checkpoints += pruned.checkpoints;
                all.bytes += pruned.bytes;
            }
            match threads.last() {
                Some(last) if threads.len() == PAGE => query.after = Some(last.id.clone()),
                _ => return Ok(all),
            }
        }
    }

    /// [`Checkpointer::add_snapshot`].
    ///
    /// # Errors
    /// Its own.
    pub async fn add_snapshot(&self, thread: &str, checkpoint: Uuid, whole: WholeState) -> Result<(), CheckpointError> {
        check_thread_id(thread)?;
        caught("add_snapshot", || self.0.add_snapshot(thread, checkpoint, whole)).await
    }
}

impl std::fmt::Debug for Saver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Saver").finish_non_exhaustive()
    }
}

/// Calls a checkpointer. It is shared with other runs whatever happens, so it has to stay usable after its panic anyway.
fn caught<F>(operation: &'static str, call: impl FnOnce() -> F) -> Caught<F> {
    let call = catch_unwind(AssertUnwindSafe(call)).map_err(|panic| Some(panicked(operation, &*panic)));
    Caught { operation, call }
}

fn panicked(operation: &'static str, panic: &(dyn Any + Send)) -> Box<CheckpointError> {
    Box::new(CheckpointError::Panic { operation, message: panic_text(panic) })
}

/// A call of a checkpointer, whose panic is an error. A future of a few words, where those of `async` blocks have room for
/// their arguments, too: a record is copied with them.
struct Caught<F> {
    operation: &'static str,
    /// Why there is no call; `None` once it was said.
    call: Result<F, Option<Box<CheckpointError>>>,
}

impl<T, F: Future<Output = Result<T, CheckpointError>> + Unpin> Future for Caught<F> {
    type Output = Result<T, CheckpointError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Poller<'_>) -> Poll<Self::Output> {
        let Self { operation, call } = &mut *self;
        match call {
            Ok(call) => match catch_unwind(AssertUnwindSafe(|| Pin::new(call).poll(cx))) {
                Ok(polled) => polled,
                Err(panic) => Poll::Ready(Err(*panicked(operation, &*panic))),
            },
            Err(error) => error.take().map_or(Poll::Pending, |error| Poll::Ready(Err(*error))),
        }
    }
}
