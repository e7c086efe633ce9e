//! Agent graphs that the Rust compiler checks.
pub mod message;
pub mod model;
pub mod state;
