//! Runs to a good end.
fn main() {}
