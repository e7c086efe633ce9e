//! The policies of nodes: retries, timeouts, caches, error handlers.

mod cache;
mod defaults;
mod handlers;
mod retry;
mod retryable;
mod timeouts;
