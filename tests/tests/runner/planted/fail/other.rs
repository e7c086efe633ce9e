//! Does not compile, and something else is written down.
fn main() {
    graph_core::nothing();
}
