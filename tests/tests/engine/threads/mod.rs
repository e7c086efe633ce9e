//! Runs that are saved and go on from one another.

mod breakpoints;
mod changed;
mod pending;
mod saved;
mod turns;
