//! Subgraphs, and graphs that a node runs.

mod calls;
mod ends;
mod expanded;
mod heard;
mod levels;
mod saved;
mod state;
