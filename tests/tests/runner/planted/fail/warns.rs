//! Does not compile, and a warning is not written down.
use std::fmt;

fn main() {
    let _: u8 = "";
}
