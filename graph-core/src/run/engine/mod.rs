//! The super-step loop: what drives a run from its consumer's polls.
//!
//! ```text
//! driver     the consumer's poll: hands out parts, then lets the engine go on
//! machine    the engine, from stage to stage:  input -> (step -> complete)* -> end
//! step       the tasks of one super-step, in task slots, run by a task set
//! ```
mod apply;
mod complete;
mod cursor;
mod dispatch;
mod driver;
mod guard;
mod input;
mod machine;
mod node_set;
mod outbox;
mod pushed;
mod reports;
mod scheduler;
mod shared;
mod sink;
mod start;
mod step;
mod task;
mod task_end;
mod task_set;
mod task_waker;

use std::collections::VecDeque;
use std::task::{Context as Poller, Poll};

pub(crate) use cursor::{Cursor, NO_INPUT_YET};
pub(crate) use dispatch::AllNodes;
pub use dispatch::{Dispatch, NodeTree, NodeTuple};
pub(in crate::run) use driver::Driver;
pub(crate) use pushed::Pushed;
pub(in crate::run) use reports::Report;
pub use scheduler::{Routed, Scheduler};
pub(crate) use shared::{Shared, StreamedIds};
pub(in crate::run) use start::{Start, start};
pub(in crate::run) use task::Lease;

use super::{ChildEnd, End, Part};
use crate::error::Error;
use crate::graph::Graph;

/// A run's engine, as its consumer drives it.
pub(in crate::run) trait Drive<G: Graph>: Send {
    /// Goes on until the run has ended or there is nothing to do but wait; parts go to `out`. With something in `out`, no
    /// new step is begun: a run goes no further than its stream is read.
    fn poll(&mut self, cx: &mut Poller<'_>, out: &mut VecDeque<Part<G>>) -> Poll<Result<End<G>, Box<Error>>>;

    /// Ends the run by an error from outside. It ends in later polls: tasks are cancelled, what they wrote is saved.
    fn abort(&mut self, error: Error);

    /// Ends the run at once, because it is dropped: every start that was streamed gets its end in `out`.
    fn abandon(&mut self, out: &mut VecDeque<Part<G>>);

    /// How it ended, if it ran inside a task of another run.
    fn child_end(&mut self) -> Option<ChildEnd<G>>;
}
