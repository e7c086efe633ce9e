//! Runs that are saved and go on from one another.

mod aborted;
mod breakpoints;
mod changed;
mod pending;
mod saved;
mod turns;
