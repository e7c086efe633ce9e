//! Row 76: the `Option` of the field taken for that of `maybe`.
use graph_core::prelude::*;

#[derive(State, Clone, Debug, Default)]
pub struct ChatState {
    note: Option<String>,
}

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Said {
    #[update(maybe)]
    note: Option<String>,
}

fn main() {}
