//! The super-step loop: what drives a run from its consumer's polls.
mod apply;
mod dispatch;
pub(in crate::run) mod driver;
pub(in crate::run) mod machine;
pub(in crate::run) mod pending;
pub(in crate::run) mod pushed;
mod scheduler;
pub(in crate::run) mod shared;
mod sink;
pub(in crate::run) mod start;
pub(in crate::run) mod step;
mod task_end;
pub(in crate::run) mod task_set;

pub(crate) use dispatch::AllNodes;
pub use dispatch::{Dispatch, NodeTree, NodeTuple};
pub(crate) use pushed::Pushed;
pub use scheduler::{Routed, Scheduler};
pub(crate) use shared::{Shared, StreamedIds};
