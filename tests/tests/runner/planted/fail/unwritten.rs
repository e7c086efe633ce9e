//! Does not compile, and has no `.stderr` file.
fn main() {
    graph_core::nothing();
}
