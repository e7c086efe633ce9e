//! How the engine runs graphs, and what its streams show: the contract, a file a topic.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod blocking;
mod breakpoints;
mod budget;
mod cache;
mod changed;
mod commands;
mod context;
mod defaults;
mod defer;
mod drain;
mod emit;
mod events;
mod exits;
mod failures;
mod fan;
mod handlers;
mod joins;
mod json;
mod kit;
mod lazy;
mod limits;
mod outputs;
mod parts;
mod policies;
mod retryable;
mod saved;
mod spawn;
mod steps;
mod stop;
mod tasks;
mod threads;
mod timeouts;
mod tokens;
mod values;
mod wakes;
