//! Long-term memory: how nodes reach it, and what every backend has in common.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod broken;
mod reached;
mod search_by_text;
mod typed;

use graph_tests::kit;
