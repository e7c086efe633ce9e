//! The super-step loop, driven by its consumer's polls.
//!
//! ```text
//! driver     the consumer's poll: hands out parts, then advances the engine
//! machine    the engine, from stage to stage:  input -> (step -> complete)* -> end
//! step       the tasks of one super-step, in task slots, run by a task set
//! ```
mod answer;
mod apply;
mod apply_order;
mod complete;
mod cursor;
mod dispatch;
mod driver;
mod edit;
mod ending;
mod guard;
mod input;
mod machine;
mod node_set;
mod outbox;
mod pushed;
mod reports;
mod scheduler;
mod shared;
mod side_by_side;
mod sink;
mod spawned_task;
mod start;
mod step;
mod suspend;
mod task;
mod task_end;
mod task_set;
mod task_waker;

use std::collections::VecDeque;
use std::task::{Context as Poller, Poll};

pub(crate) use cursor::{Cursor, NO_INPUT_YET, PendingTask, TaskError};
pub(crate) use dispatch::AllNodes;
pub use dispatch::{Dispatch, NodeTree, NodeTuple};
pub(in crate::run) use driver::Driver;
pub(crate) use edit::edit;
pub(in crate::run) use ending::output;
pub(crate) use outbox::lock;
pub(crate) use pushed::Pushed;
pub(in crate::run) use reports::Report;
pub use scheduler::{Routed, Scheduler};
pub(crate) use shared::{Shared, StreamedIds};
pub(in crate::run) use start::{Start, start};
pub(crate) use suspend::waiting;
pub(in crate::run) use task::Lease;

use super::{ChildEnd, End, Part};
use crate::error::Error;
use crate::graph::Graph;

/// A run's engine, for its consumer.
pub(in crate::run) trait Drive<G: Graph>: Send {
    /// Advances until the run has ended or waits; parts go to `out`. No step starts while `out` has parts: a run never
    /// gets ahead of its consumer.
    fn poll(&mut self, cx: &mut Poller<'_>, out: &mut VecDeque<Part<G>>) -> Poll<Result<End<G>, Box<Error>>>;

    /// Aborts the run with an error. It ends in later polls: tasks are cancelled, and the updates of finished tasks
    /// saved.
    fn abort(&mut self, error: Error);

    /// Ends the run at once because it is dropped: every streamed start gets its end in `out`.
    fn abandon(&mut self, out: &mut VecDeque<Part<G>>);

    /// The end of a child run.
    fn child_end(&mut self) -> Option<ChildEnd<G>>;
}
