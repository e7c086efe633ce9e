//! Child runs: subgraphs, and graphs that a node runs itself.
mod call;
mod caller;
pub(in crate::run) mod child_run;
mod kept;

pub use call::ChildFuture;
pub(in crate::run) use caller::{Caller, PolledAs};
pub(crate) use child_run::{ChildEnd, ChildRun, ChildStart};
pub(crate) use kept::KeptPlace;
