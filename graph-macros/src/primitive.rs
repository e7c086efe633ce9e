//! The names of Rust's own types, which no node can have: its type would hide them.

use syn::{Ident, Path};

const NAMES: [&str; 17] = [
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
    "f32", "f64",
];

pub(crate) fn is_primitive(ident: &Ident) -> bool {
    NAMES.iter().any(|name| ident == name)
}

/// The name of a node whose own name is refused. `#[node]` has made no type of it, and rustc, which has an error to
/// report, is silent about a plain name that it cannot find.
pub(crate) fn refused(path: &Path) -> Option<Ident> {
    let ident = path.get_ident().filter(|ident| is_primitive(ident))?;
    Some(Ident::new(&format!("__{ident}_is_a_type"), ident.span()))
}
