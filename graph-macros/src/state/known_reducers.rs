//! The reducers of graph-core that are known to fit a field by the names of both: the type is checked to be that reducer.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, Path, PathArguments, Type};

use crate::crate_path::CratePath;

const NUMBERS: [&str; 14] =
    ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64"];

/// Whether a reducer surely fits a field. It then needs no probe, which shortens the documentation and the work of an
/// editor. A longer path is not judged, so that a reducer of the same name can be written as one.
pub(super) fn surely_fits(reducer: &Path, ty: &Type) -> bool {
    let (Some(reducer), Some(name)) = (reducer.get_ident(), name(ty)) else { return false };
    match reducer.to_string().as_str() {
        "Append" => matches!(name.as_str(), "Vec" | "VecDeque" | "String"),
        "Sum" | "Max" => NUMBERS.contains(&name.as_str()),
        "AddMessages" => name == "Vec" && argument(ty).and_then(self::name).is_some_and(|held| held == "Message"),
        _ => false,
    }
}

/// `graph_core::state::Append`: the reducer of graph-core, whatever the name is in the user's module.
pub(super) fn known(krate: &CratePath, reducer: &Path) -> TokenStream {
    let module = if reducer.is_ident("AddMessages") { quote!(message) } else { quote!(state) };
    quote!(#krate::#module::#reducer)
}

fn last(path: &Path) -> Option<String> {
    path.segments.last().map(|segment| segment.ident.to_string())
}

fn name(ty: &Type) -> Option<String> {
    match ty {
        Type::Group(group) => name(&group.elem),
        Type::Paren(paren) => name(&paren.elem),
        Type::Path(path) => last(&path.path),
        _ => None,
    }
}

fn argument(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(held) => Some(held),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::surely_fits;
    use syn::parse_str;

    #[test]
    fn only_what_is_certain_is_judged() {
        let fits = |reducer, ty| surely_fits(&parse_str(reducer).unwrap(), &parse_str(ty).unwrap());
        assert!(fits("Append", "Vec<u8>") && fits("Sum", "u64") && fits("AddMessages", "Vec<graph::Message>"));
        assert!(!fits("Append", "Log") && !fits("keep", "Vec<u8>") && !fits("AddMessages", "Vec<u8>"));
        assert!(!fits("self::Append", "Vec<u8>"));
    }
}
