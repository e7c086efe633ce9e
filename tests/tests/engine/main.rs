//! How the engine runs graphs, and what its streams show: the contract, a folder a subject and a file a topic.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod edges;
mod kit;
mod policies;
mod steps;
mod streams;
mod subgraphs;
mod threads;
mod traps;
