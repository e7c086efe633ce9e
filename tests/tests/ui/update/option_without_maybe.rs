//! Row 76: an `Option` for a field that is always written.
include!("../preamble.rs");

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Counted {
    count: Option<u64>,
}

fn main() {}
