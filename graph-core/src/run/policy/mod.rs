//! The policies of nodes: retry, timeout, cache, error handler; and the watch for blocking nodes.
pub(in crate::run) mod attempts;
mod blocking_pool;
pub(in crate::run) mod blocking_watch;
pub(crate) mod cache;
mod error_handler;
mod notes;
mod timeout;

pub(crate) use notes::Notes;
