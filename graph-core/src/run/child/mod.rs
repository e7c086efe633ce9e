//! Child runs: subgraphs, and graphs that a node runs itself.
mod call;
mod caller;
pub(in crate::run) mod child_run;

pub use call::ChildFuture;
pub(in crate::run) use caller::{Caller, PolledAs};
pub(crate) use child_run::{ChildEnd, ChildRun, ChildStart};
