//! Row 19: a `&str` for a `String`.
include!("../preamble.rs");

#[derive(Update, Clone, Debug)]
#[update(ChatState)]
struct Named {
    topic: &'static str,
}

fn main() {}
