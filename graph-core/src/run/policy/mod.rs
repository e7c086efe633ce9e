//! The policies of nodes: retry, timeout, cache, error handler; and the warning about blocking nodes.
pub(in crate::run) mod attempts;
mod blocking_pool;
pub(crate) mod cache;
mod error_handler;
mod notes;
mod timeout;
pub(in crate::run) mod warn_if_blocking;

pub(crate) use notes::Notes;
