//! Pages to read.

#[doc = include_str!("differences.md")]
pub mod differences {}

#[doc = include_str!("reading_graph_errors.md")]
pub mod reading_graph_errors {}
