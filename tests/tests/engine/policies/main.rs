//! The policies of nodes: retries, timeouts, caches, error handlers.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod cache;
mod defaults;
mod handlers;
mod retry;
mod retryable;
mod timeouts;

use graph_tests::kit;
