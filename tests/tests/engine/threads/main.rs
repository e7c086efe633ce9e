//! Saved runs that continue one another.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod aborted;
mod breakpoints;
mod changed;
mod pending;
mod saved;
mod turns;

use graph_tests::kit;
