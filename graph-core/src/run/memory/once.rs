//! Remembered side effects: the future of `cx.step(..)`.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use uuid::Uuid;

use crate::checkpoint::format::{read_value, write_value};
use crate::checkpoint::{FormatError, Remembered, RememberedKind, Saved};
use crate::context::RunContext;
use crate::node::{NodeError, NodeResult, Retry};
use crate::run::policy::attempts::pause;

/// The future of [`RunContext::step`]: the remembered result, or that of the work.
#[must_use = "the work is not done until the future is awaited"]
pub struct Once<'a, T>(Pin<Box<dyn Future<Output = NodeResult<T>> + Send + 'a>>);

impl<T> Future for Once<'_, T> {
    type Output = NodeResult<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> std::task::Poll<NodeResult<T>> {
        self.0.as_mut().poll(cx)
    }
}

impl<T> fmt::Debug for Once<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}

/// The step `name` of the task of a context. The key is taken now, not when it is first polled: steps that a node joins
/// have one order then.
pub(crate) fn once<'a, T, E>(
    cx: &'a RunContext,
    name: &str,
    work: impl Future<Output = Result<T, E>> + Send + 'a,
) -> Once<'a, T>
where
    T: Saved + Send + 'a,
    E: Into<NodeError> + 'a,
{
    let Some(memory) = &cx.run().memory else {
        return Once(Box::pin(async move { work.await.map_err(Into::into) }));
    };
    // Apart from interrupts of the same name.
    let key = memory.next_key(cx, &format!("step {name}"));
    let (known, name) = (memory.result(key), name.to_owned());
    Once(Box::pin(async move {
        if let Some(bytes) = known {
            return read_value(&bytes).map_err(|error| unreadable(&name, &error));
        }
        let result = work.await.map_err(Into::into)?;
        save(cx, key, name, write_value(&result)).await?;
        Ok(result)
    }))
}

/// The same with work that is tried again.
pub(crate) fn retried<'a, T, E, W, F>(cx: &'a RunContext, name: &str, retry: Retry, mut work: W) -> Once<'a, T>
where
    T: Saved + Send + 'a,
    E: Into<NodeError> + 'a,
    W: FnMut() -> F + Send + 'a,
    F: Future<Output = Result<T, E>> + Send + 'a,
{
    once(cx, name, async move {
        let mut attempt = 1;
        loop {
            match work().await.map_err(Into::into) {
                Ok(result) => return Ok(result),
                Err(error) => match pause(&error, &retry, attempt) {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None => return Err::<T, NodeError>(error),
                },
            }
            attempt += 1;
        }
    })
}

/// Saves a result. Not generic: it is compiled once.
pub(crate) async fn save(
    cx: &RunContext,
    key: Uuid,
    name: String,
    value: Result<Vec<u8>, FormatError>,
) -> NodeResult<()> {
    let value = value.map_err(|error| {
        NodeError::permanent(NodeError::msg(format!("the result of the step `{name}` cannot be saved: {error}")))
    })?;
    let Some(memory) = &cx.run().memory else { return Ok(()) };
    let saved = memory.remember(Remembered {
        task: cx.run().root_task(&cx.task),
        kind: RememberedKind::Step,
        key,
        name,
        value,
    });
    // If it cannot be saved, the run fails by that error.
    match saved.await {
        Ok(()) => Ok(()),
        Err(_) => std::future::pending().await,
    }
}

pub(crate) fn unreadable(name: &str, error: &FormatError) -> NodeError {
    NodeError::permanent(NodeError::msg(format!("the saved result of the step `{name}` cannot be read: {error}")))
}
