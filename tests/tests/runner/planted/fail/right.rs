//! Does not compile, as it is written down.
fn main() {
    graph_core::nothing();
}
