//! Longer documentation.

#[expect(clippy::doc_markdown, reason = "the recordings' names")]
#[doc = include_str!("differences.md")]
pub mod differences {}

#[doc = include_str!("errors/nodes.md")]
#[doc = include_str!("errors/edges.md")]
#[doc = include_str!("errors/joins.md")]
#[doc = include_str!("errors/data_flow.md")]
#[doc = include_str!("errors/types.md")]
#[doc = include_str!("errors/subgraphs.md")]
#[doc = include_str!("errors/rustc.md")]
pub mod reading_graph_errors {}
