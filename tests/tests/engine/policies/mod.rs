//! What a node is run under: another try, a limit of time, a cache, a handler of its failure.

mod cache;
mod defaults;
mod handlers;
mod retry;
mod retryable;
mod timeouts;
