//! Graphs as nodes of graphs, and graphs that a node runs.

mod calls;
mod ends;
mod heard;
mod levels;
mod opened;
mod saved;
mod state;
