//! Does not compile, and nothing is written down.
fn main() {
    graph_core::nothing();
}
