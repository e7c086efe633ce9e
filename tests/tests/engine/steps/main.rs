//! Runs step by step: reads and writes of a step, starts and ends of a run.
#![allow(clippy::unwrap_used, reason = "what is not there fails the test")]

mod budget;
mod context;
mod drain;
mod failures;
mod isolate;
mod lazy;
mod limits;
mod outputs;
mod parallel;
mod run_context;
mod spawn;
mod stop;
mod super_step;
mod writes;

use graph_tests::kit;
