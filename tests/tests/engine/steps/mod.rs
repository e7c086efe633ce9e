//! Runs step by step: reads and writes of a step, starts and ends of a run.

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
