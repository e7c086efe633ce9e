//! Saved runs that continue one another.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod aborted;
mod answered_under_drops;
mod breakpoints;
mod changed;
mod cut_off;
mod dropped;
mod durability;
mod erased;
mod inside;
mod interrupts;
mod interrupts_everywhere;
mod migrated;
mod panics;
mod pending;
mod remembered_replies;
mod retention;
mod saved;
mod savers;
mod setters;
mod subgraph_memory;
mod subgraphs;
mod time_travel;
mod turns;

use graph_tests::kit;
