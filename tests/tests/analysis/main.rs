//! The whole-graph analyses against brute force.
//!
//! Random graphs go through the analysis as `graph!` and the compiler run it, and through a simulator of the engine's
//! rules that tries every schedule. Accepted graphs must never race and never read an unwritten field; of the graphs
//! that never do, few may be rejected.
mod ends;
mod generate;
mod graph;
mod lineage;
mod meetings;
mod planted;
mod proof;
mod simulate;
mod simulator_is_the_engine;
mod together;
