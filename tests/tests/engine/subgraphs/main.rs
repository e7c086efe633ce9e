//! Subgraphs, and graphs that a node runs.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod calls;
mod ends;
mod exits;
mod expanded;
mod heard;
mod levels;
mod nesting;
mod not_attached;
mod saved;
mod state;

use graph_tests::kit;
