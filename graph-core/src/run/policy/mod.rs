//! The policies of nodes: retry, timeout, cache, error handler; and the warning about blocking nodes.
pub(crate) mod attempts;
mod blocking_pool;
pub(crate) mod cache;
mod error_handler;
mod notes;
pub(crate) mod timeout;
pub(in crate::run) mod warn_if_blocking;

pub(crate) use notes::Notes;
