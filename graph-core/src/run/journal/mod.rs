//! The log of a run's thread: loading it, and saving after each super-step.
mod binding;
mod compact;
#[expect(clippy::module_inception, reason = "the journal is what this module is about")]
mod journal;
mod load;
mod log;
mod snapshots;
mod subgraph;
mod thread_journal;

pub(in crate::run) use binding::Opening;
pub(crate) use binding::{Binding, ThreadPolicy};
pub(in crate::run) use journal::Journal;
pub(crate) use load::Loaded;
pub(crate) use log::SubgraphLog;
pub(in crate::run) use subgraph::open_subgraph;
