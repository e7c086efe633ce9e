//! Agent graphs that the Rust compiler checks.
pub mod checkpoint;
pub mod context;
mod error;
pub mod graph;
pub mod message;
pub mod model;
pub mod node;
pub mod prelude;
pub mod run;
pub mod state;
pub mod thread;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;

pub use graph_macros::{State, Update, node, reducer};

pub use error::{Error, Failure, Result};
