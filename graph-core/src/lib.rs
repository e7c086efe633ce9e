//! Agent graphs that the Rust compiler checks.
pub mod context;
mod error;
pub mod graph;
pub mod message;
pub mod model;
pub mod node;
pub mod run;
pub mod state;

pub use error::{Error, Result};
