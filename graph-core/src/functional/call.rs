//! The call of a task.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context as Poller, Poll};

use serde_json::Value;
use uuid::Uuid;

use super::{GraphTaskResult as _, RunsTask, TaskFn, TaskOptions};
use crate::__private::AskedOrStub as _;
use crate::context::{Context, Payload, RunContext, Scope, SpanKind};
use crate::node::{NodeError, NodeResult};
use crate::run::lock;
use crate::run::memory::{save, unreadable};
use crate::run::policy::attempts::pause;
use crate::run::policy::timeout::within;

/// The call of a task: a future of its result, which starts when it is first polled. Join several with
/// `tokio::try_join!` or `futures::future::try_join_all`, and they run side by side.
#[must_use = "the task does not run until the call is awaited"]
pub struct TaskCall<'a, T> {
    name: &'static str,
    cx: &'a RunContext,
    /// Shared with the future, which has not started while it is changed; `None` without a thread.
    place: Option<Arc<Mutex<Place>>>,
    future: Pin<Box<dyn Future<Output = NodeResult<T>> + Send + 'a>>,
}

impl<T> TaskCall<'_, T> {
    /// Matches the saved result by this key instead of the order of the calls, where that depends on chance.
    ///
    /// A key belongs to one call of the task within a node: a second call with it fails.
    ///
    /// ```
    /// # use graph_core::prelude::*;
    /// #[task]
    /// async fn price(item: String, _cx: &RunContext) -> NodeResult<u64> {
    ///     Ok(item.len() as u64)
    /// }
    ///
    /// #[workflow(Total, tasks(price))]
    /// async fn total(items: std::collections::HashMap<String, u64>, cx: &Context<Total>) -> NodeResult<u64> {
    ///     let mut sum = 0;
    ///     // The order of a map is random.
    ///     for (item, number) in items {
    ///         sum += number * price(item.clone(), cx).key(item).await?;
    ///     }
    ///     Ok(sum)
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> graph_core::Result<()> {
    /// # let items = [("tea".to_owned(), 2), ("milk".to_owned(), 1)].into();
    /// # assert_eq!(Total::new().run(TotalInput { items }).await?, 10);
    /// # Ok(())
    /// # }
    /// ```
    pub fn key(self, key: impl Into<String>) -> Self {
        self.keyed(&key.into());
        self
    }

    fn keyed(&self, key: &str) {
        if let (Some(memory), Some(place)) = (&self.cx.run().memory, &self.place) {
            memory.unuse(self.cx, &counted(self.name));
            let known = memory.only_key(self.cx, &format!("task {} by key {key}", self.name));
            *lock(place) = Place { key: known.unwrap_or_default(), is_repeated: known.is_none() };
        }
    }
}

impl<T> Future for TaskCall<'_, T> {
    type Output = NodeResult<T>;

    fn poll(mut self: Pin<&mut Self>, poller: &mut Poller<'_>) -> Poll<NodeResult<T>> {
        self.future.as_mut().poll(poller)
    }
}

impl<T> fmt::Debug for TaskCall<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskCall").field("task", &self.name).finish_non_exhaustive()
    }
}

/// The place of a call in the memory of its node's task.
#[derive(Clone, Copy)]
struct Place {
    key: Uuid,
    /// The key was given, and used before.
    is_repeated: bool,
}

/// Calls a task in the context of a node. `work` is one attempt; it is `None` if it has none left.
pub(crate) fn call<'a, T, G, W, F>(cx: &'a Context<G>, work: W) -> TaskCall<'a, T::Output>
where
    G: RunsTask<T, Output = T::Output>,
    T: TaskFn,
    W: FnMut(Context<G>) -> Option<F> + Send + 'a,
    F: Future<Output = NodeResult<T::Output>> + Send + 'a,
{
    let run: &RunContext = cx;
    let place = run.run().memory.as_ref().map(|memory| {
        let key = memory.next_key(run, &counted(T::NAME));
        Arc::new(Mutex::new(Place { key, is_repeated: false }))
    });
    let future = Box::pin(found_or_done::<T, G, W, F>(cx, place.clone(), work));
    TaskCall { name: T::NAME, cx: run, place, future }
}

/// Apart from steps and interrupts of the same name.
fn counted(task: &str) -> String {
    format!("task {task}")
}

async fn found_or_done<T, G, W, F>(
    cx: &Context<G>,
    place: Option<Arc<Mutex<Place>>>,
    mut work: W,
) -> NodeResult<T::Output>
where
    G: RunsTask<T, Output = T::Output>,
    T: TaskFn,
    W: FnMut(Context<G>) -> Option<F> + Send,
    F: Future<Output = NodeResult<T::Output>> + Send,
{
    let place = place.map(|place| *lock(&place));
    if place.as_ref().is_some_and(|place| place.is_repeated) {
        let text = format!("two calls of the task `{}` in `{}` have one key", T::NAME, cx.node());
        return Err(NodeError::permanent(NodeError::msg(text)));
    }
    let known = place.as_ref().and_then(|place| cx.run().memory.as_ref()?.result(place.key));
    if let Some(bytes) = known {
        return T::Form::load(&bytes).map_err(|error| unreadable(T::NAME, &error));
    }
    let span = cx.span(SpanKind::Chain, T::NAME, Payload::Nothing);
    let inside = Context::new(span.context());
    let output = match tried::<T, G, W, F>(inside, place.as_ref(), &mut work).await {
        Ok(output) => output,
        Err(error) => {
            span.fail(&error);
            return Err(error);
        }
    };
    if let Some(Place { key, .. }) = place {
        save(cx, key, T::NAME.to_owned(), T::Form::save(&output)).await?;
    }
    let result = G::__result(T::Form::repeat(&output));
    span.end(Payload::Json(if cx.wants(crate::run::Mode::EVENTS) { result.to_json()? } else { Value::Null }));
    cx.emit_task_result(result);
    Ok(output)
}

/// Runs a task until it succeeds or is out of attempts.
async fn tried<T, G, W, F>(cx: Context<G>, place: Option<&Place>, work: &mut W) -> NodeResult<T::Output>
where
    G: RunsTask<T, Output = T::Output>,
    T: TaskFn,
    W: FnMut(Context<G>) -> Option<F> + Send,
    F: Future<Output = NodeResult<T::Output>> + Send,
{
    let TaskOptions { retry, timeout } = T::OPTIONS;
    if (retry.is_some() || !timeout.is_none()) && tokio::runtime::Handle::try_current().is_err() {
        let text =
            format!("the options of the task `{}` need tokio's timer: run the graph inside a tokio runtime", T::NAME);
        return Err(NodeError::permanent(NodeError::msg(text)));
    }
    let mut attempt = 1;
    loop {
        let mut cx = cx.clone();
        cx.run.scope = place.map(|place| Scope { call: place.key, attempt });
        let Some(run) = work(cx) else { std::future::pending().await };
        let ended = if timeout.is_none() {
            run.await
        } else {
            within(run, timeout, T::NAME, None).await.map_err(NodeError::from).and_then(|ended| ended)
        };
        let error = match ended {
            Ok(output) => return Ok(output),
            Err(error) => error,
        };
        match retry.and_then(|retry| pause(&error, &retry, attempt)) {
            Some(pause) => tokio::time::sleep(pause).await,
            None => return Err(error),
        }
        attempt += 1;
    }
}
