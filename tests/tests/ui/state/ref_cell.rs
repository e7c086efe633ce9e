//! Row 126: a field that cannot be shared with another thread, in a struct.
use std::cell::RefCell;

use graph_core::prelude::*;

#[derive(Clone, Debug, Default)]
struct Counter(RefCell<u64>);

#[derive(State, Clone, Debug, Default)]
struct ChatState {
    #[state(input)]
    topic: String,
    #[state(output)]
    counter: Counter,
}

fn main() {}
