//! Errors of runs.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::interrupt::InterruptId;
use crate::node::NodeError;

/// The result of a run.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a run ended without its final state.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A node returned an error. Nothing of its super-step was applied.
    #[error("node `{node}` of `{graph}` failed in step {step}{}: {source}", attempt_text(*attempt))]
    Node {
        /// The graph.
        graph: &'static str,
        /// The node.
        node: &'static str,
        /// The super-step.
        step: i64,
        /// The number of the attempt, from 1.
        attempt: u32,
        /// The node's error.
        #[source]
        source: Failure,
    },
    /// A node or a router panicked. Nothing of its super-step was applied.
    #[error("{what} of `{graph}` panicked in step {step}: {message}")]
    Panic {
        /// The graph.
        graph: &'static str,
        /// The node, or the router of a node.
        what: String,
        /// The super-step.
        step: i64,
        /// The panic's message.
        message: String,
    },
    /// The run reached its recursion limit with nodes still scheduled.
    #[error("`{graph}` did not end within {limit} steps; still waiting to run: {}; raise the limit with `.recursion_limit(..)`", active.join(", "))]
    RecursionLimit {
        /// The graph.
        graph: &'static str,
        /// The limit.
        limit: usize,
        /// The nodes scheduled for the next super-step.
        active: Vec<&'static str>,
    },
    /// A run would have started inside more runs than the nesting limit allows, as in a graph that contains itself and
    /// does not end. All runs around it end with this error, unless a node handles it.
    #[error(
        "`{graph}` would run inside {} other runs, and {limit} is the limit; end a graph that contains itself earlier, \
         or raise the limit with `.nesting_limit(..)` where the stack is large enough",
        limit.saturating_add(1)
    )]
    NestingLimit {
        /// The graph that would have started.
        graph: &'static str,
        /// The limit.
        limit: usize,
    },
    /// The run exceeded its deadline.
    #[error("`{graph}` did not end within {after:?}")]
    Deadline {
        /// The graph.
        graph: &'static str,
        /// The deadline.
        after: Duration,
    },
    /// The run was cancelled through its handle.
    #[error("the run of `{graph}` was cancelled")]
    Cancelled {
        /// The graph.
        graph: &'static str,
    },
    /// The run was interrupted at a breakpoint while its final state was awaited. Its steps are saved, and
    /// [`continue_run`](crate::thread::Thread::continue_run) continues it; [`outcome`](crate::run::Run::outcome)
    /// reports the breakpoint without an error.
    #[error(
        "`{graph}` stopped {} in step {step}, as it was asked to; `continue_run` goes on",
        stops_text(after, before)
    )]
    Breakpoint {
        /// The graph.
        graph: &'static str,
        /// The nodes of a breakpoint after them.
        after: Vec<&'static str>,
        /// The nodes of a breakpoint before them.
        before: Vec<&'static str>,
        /// The last completed super-step.
        step: i64,
    },
    /// The run was interrupted, because a node asks something, while its final state was awaited. It is saved, and
    /// [`resume`](crate::thread::Thread::resume) continues it with an answer;
    /// [`outcome`](crate::run::Run::outcome) reports what is asked without an error.
    #[error("`{graph}` waits on thread `{thread}` for the answer to {}; `resume` goes on with it", quoted(interrupts))]
    Interrupted {
        /// The graph.
        graph: &'static str,
        /// The thread.
        thread: String,
        /// The names of the interrupts that wait.
        interrupts: Vec<&'static str>,
    },
    /// A new input was refused, because the thread waits for answers, and its app says
    /// [`NewInput::Reject`](crate::thread::NewInput::Reject). The thread is as it was.
    #[error(
        "thread `{thread}` of `{graph}` waits for the answer to {}, and takes no new input before",
        quoted(interrupts)
    )]
    InterruptsWait {
        /// The graph.
        graph: &'static str,
        /// The thread.
        thread: String,
        /// The names of the interrupts that wait.
        interrupts: Vec<&'static str>,
    },
    /// A thread was not resumed, because an answer does not fit. The thread is as it was.
    #[error("thread `{thread}` of `{graph}` was not resumed: {problem}")]
    Answer {
        /// The graph.
        graph: &'static str,
        /// The thread.
        thread: String,
        /// What is wrong.
        #[source]
        problem: AnswerProblem,
    },
    /// The run was drained through its handle: it ended at a super-step boundary. On a thread, its steps are saved.
    #[error("the run of `{graph}` was drained after step {step}, before {}; {}", quoted(next), drained_text(thread.as_deref()))]
    Drained {
        /// The graph.
        graph: &'static str,
        /// The thread, which [`continue_run`](crate::thread::Thread::continue_run) continues; `None` for a run without
        /// a thread, whose state is lost.
        thread: Option<String>,
        /// The last completed super-step.
        step: i64,
        /// The nodes scheduled for the next super-step.
        next: Vec<&'static str>,
    },
    /// A run ended without a value for a late field of its output. `graph!` proves that this does not happen from an
    /// input on; a thread can end so if its earlier steps were saved by another version of the graph.
    #[error("`{graph}` ended, and `{field}` of its output was never written")]
    OutputUnwritten {
        /// The graph.
        graph: &'static str,
        /// The field.
        field: &'static str,
    },
    /// A node ran another graph that its own graph calls (`calls Search;`), and did not attach the run to itself, by
    /// [`as_child_of`](crate::run::Run::as_child_of): it would be outside the limits and the stream of the run around it.
    #[error(
        "`{graph}` was run inside a node of `{caller}`, which calls it, and not attached to it; add `.as_child_of(cx)` \
         to the run, or `.spawn()` if it is a run of its own"
    )]
    NotAttached {
        /// The graph that was run.
        graph: &'static str,
        /// The graph that calls it.
        caller: &'static str,
    },
    /// The output of a stream was requested before its end.
    #[error("the run of `{graph}` has not ended: read its stream to the end first")]
    NotEnded {
        /// The graph.
        graph: &'static str,
    },
    /// `spawn` or `blocking` was called in a place where it cannot work.
    #[error("{0}")]
    Runtime(String),
    /// A part of a stream, or a state, could not be written as JSON.
    #[error("what `{graph}` shows cannot be written as JSON: {message}")]
    Json {
        /// The graph.
        graph: &'static str,
        /// The cause.
        message: String,
    },
    /// A thread could not be loaded or saved.
    #[error(transparent)]
    Checkpoint(#[from] crate::checkpoint::CheckpointError),
    /// A model could not be configured or called.
    #[error(transparent)]
    Model(#[from] crate::model::ModelError),
}

/// Why an answer does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerProblem {
    /// No such interrupt waits: nothing asked it, or it is answered.
    #[error("no `{interrupt}` waits for an answer")]
    NothingAsked {
        /// The interrupt that the answer is for.
        interrupt: &'static str,
    },
    /// Several interrupts wait for such an answer.
    #[error(
        "{} of `{interrupt}` wait for an answer: say which by its id, `resume_with(Answers::new().to(id, answer))`",
        ids.len()
    )]
    Ambiguous {
        /// The interrupt that the answer is for.
        interrupt: &'static str,
        /// Those that wait.
        ids: Vec<InterruptId>,
    },
    /// No interrupt with this id waits.
    #[error("no interrupt {id} waits for an answer")]
    Unknown {
        /// The id.
        id: InterruptId,
    },
    /// No call of a tool with this id waits.
    #[error("no call `{id}` of a tool that runs elsewhere waits for an answer")]
    UnknownCall {
        /// The id of the call.
        id: String,
    },
    /// The answer is of another type.
    #[error("interrupt {id} is a `{interrupt}`, whose answer is a `{needed}`, not a `{answer}`")]
    WrongType {
        /// The interrupt.
        id: InterruptId,
        /// Its name.
        interrupt: &'static str,
        /// The type of the answer that was given.
        answer: &'static str,
        /// The type of its answer.
        needed: &'static str,
    },
    /// The answer cannot be written by serde.
    #[error("the answer to interrupt {id} cannot be saved: {reason}")]
    Unsaved {
        /// The interrupt.
        id: InterruptId,
        /// The cause.
        reason: String,
    },
}

/// A node's error as a `std::error::Error`, which keeps the chain of sources.
#[derive(Clone, Debug)]
pub struct Failure(Arc<NodeError>);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// `Display` is that of the node's error, so the next source is that error's source.
impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.as_dyn().source()
    }
}

impl Failure {
    pub(crate) fn new(error: NodeError) -> Self {
        Self(Arc::new(error))
    }

    pub(crate) fn node_error(&self) -> &NodeError {
        &self.0
    }

    /// The node's original error, if it is an `E`.
    #[must_use]
    pub fn downcast_ref<E: std::error::Error + 'static>(&self) -> Option<&E> {
        self.0.downcast_ref()
    }
}

fn quoted(nodes: &[&str]) -> String {
    nodes.iter().map(|node| format!("`{node}`")).collect::<Vec<_>>().join(", ")
}

fn stops_text(after: &[&str], before: &[&str]) -> String {
    let side = |word: &str, nodes: &[&str]| (!nodes.is_empty()).then(|| format!("{word} {}", quoted(nodes)));
    let sides = [side("after", after), side("before", before)];
    sides.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}

fn drained_text(thread: Option<&str>) -> String {
    match thread {
        Some(thread) => format!("`continue_run` on thread `{thread}` goes on there"),
        None => "it had no thread, so what it had done is lost".to_owned(),
    }
}

impl From<NodeError> for Failure {
    fn from(error: NodeError) -> Self {
        Self::new(error)
    }
}

fn attempt_text(attempt: u32) -> String {
    if attempt > 1 { format!(" (attempt {attempt})") } else { String::new() }
}
