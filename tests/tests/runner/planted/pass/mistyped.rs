//! Does not compile.
fn main() {
    graph_core::nothing();
}
