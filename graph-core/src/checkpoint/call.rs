//! Calling a saver: its panics become errors.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;

use super::{CheckpointError, Checkpointer, Record};
use crate::panic::panic_text;

/// [`Checkpointer::append`].
pub(crate) async fn append(saver: &dyn Checkpointer, thread: &str, record: Record) -> Result<(), CheckpointError> {
    caught("append", || saver.append(thread, record)).await
}

/// [`Checkpointer::tail`].
pub(crate) async fn tail(saver: &dyn Checkpointer, thread: &str) -> Result<Vec<Record>, CheckpointError> {
    caught("tail", || saver.tail(thread)).await
}

/// [`Checkpointer::delete`].
pub(crate) async fn delete(saver: &dyn Checkpointer, thread: &str) -> Result<(), CheckpointError> {
    caught("delete", || saver.delete(thread)).await
}

/// Awaits a call. A saver is shared with other runs whatever happens, so it has to stay usable after its panic anyway.
async fn caught<T, F: Future<Output = Result<T, CheckpointError>>>(
    operation: &'static str,
    call: impl FnOnce() -> F,
) -> Result<T, CheckpointError> {
    let panicked =
        |panic: Box<dyn std::any::Any + Send>| Err(CheckpointError::Panic { operation, message: panic_text(&*panic) });
    let call = match catch_unwind(AssertUnwindSafe(call)) {
        Ok(call) => call,
        Err(panic) => return panicked(panic),
    };
    let mut call = pin!(call);
    poll_fn(|cx| match catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(cx))) {
        Ok(polled) => polled,
        Err(panic) => Poll::Ready(panicked(panic)),
    })
    .await
}
