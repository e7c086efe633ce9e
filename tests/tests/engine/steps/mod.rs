//! A run step by step: what a step reads and writes, how a run begins and ends.

mod budget;
mod context;
mod drain;
mod failures;
mod isolate;
mod lazy;
mod limits;
mod outputs;
mod parallel;
mod spawn;
mod stop;
mod super_step;
