//! Child runs: subgraphs, and graphs that a node runs itself.
mod call;
pub(in crate::run) mod child_run;

pub use call::ChildFuture;
pub(crate) use child_run::{ChildEnd, ChildRun, ChildStart};
