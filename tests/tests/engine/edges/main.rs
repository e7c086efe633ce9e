//! Edges: joins, `for`, deferred nodes, commands, exits.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod commands;
mod defer;
mod exits;
mod fan;
mod joins;

use graph_tests::kit;
