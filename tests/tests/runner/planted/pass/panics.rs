//! Compiles, and panics.
fn main() {
    println!("before");
    panic!("planted");
}
