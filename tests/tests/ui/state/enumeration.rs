//! Row 47: an enum.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
enum ChatState {
    #[default]
    Empty,
}

fn main() {}
