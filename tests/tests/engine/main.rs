//! The behaviour of the engine and its streams: a folder for each subject, a file for each topic.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod edges;
mod kit;
mod policies;
mod steps;
mod streams;
mod subgraphs;
mod threads;
mod traps;
