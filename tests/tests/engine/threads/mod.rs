//! Saved runs that continue one another.

mod aborted;
mod breakpoints;
mod changed;
mod pending;
mod saved;
mod turns;
