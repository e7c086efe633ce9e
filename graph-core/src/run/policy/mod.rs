//! What the policies of a node do: retry, timeout, cache, error handler; and the watch for nodes that block.
pub(in crate::run) mod attempts;
mod blocking_pool;
pub(in crate::run) mod blocking_watch;
mod error_handler;
mod notes;
mod timeout;

pub(crate) use notes::Notes;
