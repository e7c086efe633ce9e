//! Draining: ending a run after its current super-step.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A handle that drains a run: the current super-step is finished and saved, and then the stream ends with
/// [`Error::Drained`](crate::Error::Drained). On a thread, [`continue_run`](crate::thread::Thread::continue_run)
/// continues with the next step; nothing runs twice. A server drains its runs when it shuts down.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
/// struct Log {
///     #[state(input, reduce = Append)]
///     log: Vec<String>,
/// }
///
/// #[derive(Update, Clone, Debug, Serialize, Deserialize)]
/// #[update(Log)]
/// struct Line {
///     log: Vec<String>,
/// }
///
/// #[node]
/// fn first(_: &Log) -> Line {
///     Line { log: vec!["first".into()] }
/// }
///
/// #[node]
/// fn second(_: &Log) -> Line {
///     Line { log: vec!["second".into()] }
/// }
///
/// graph! {
///     Lines<Log> {
///         START -> first -> second -> END;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> graph_core::Result<()> {
/// let thread = Lines::new().checkpointer(MemorySaver::new()).thread("t");
/// let mut run = thread.run(LogInput { log: vec![] });
/// let handle = run.drain_handle();
/// let mut updates = run.updates();
/// updates.next().await;
/// handle.drain();
/// assert!(matches!(updates.next().await, Some(Err(graph_core::Error::Drained { .. }))));
///
/// assert_eq!(thread.state().await?.next, [LinesNode::Second]);
/// assert_eq!(thread.continue_run().await?.log, ["first", "second"]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct DrainHandle(Arc<AtomicBool>);

impl DrainHandle {
    /// Ends the run at its next super-step boundary. Does nothing if the run has ended, or ends with this step.
    pub fn drain(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether [`drain`](Self::drain) was called.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}
