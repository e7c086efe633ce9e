//! The state of a graph: typed fields, the reducers that fold writes into them, and partial updates.
mod reducer;

pub use reducer::Reducer;
