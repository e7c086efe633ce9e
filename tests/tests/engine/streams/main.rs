//! Streams: the parts of each mode, and their order.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod emit;
mod events;
mod json;
mod order;
mod parts;
mod pushes;
mod tasks;
mod tokens;
mod values;
mod wakes;

use graph_tests::kit;
