//! The names of a state's writes.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use super::model::{Field, State};
use super::types::writes_ident;
use crate::camel_case::camel;

/// Names the writes. Of fields that differ by underscores only, the later ones keep theirs: `A1`, `A_1`.
pub(super) fn name_writes(fields: &mut [Field]) {
    let mut names = HashSet::new();
    for field in fields {
        let mut name = camel(&field.name, "");
        if name == "Self" || names.contains(&name) {
            name = camel(&field.name, "_");
        }
        field.write = Ident::new(&name, field.ident.span());
        names.insert(name);
    }
}

/// `__Summary`: what the write asks its field's type by.
pub(super) fn marker(write: &Ident) -> Ident {
    format_ident!("__{write}", span = write.span())
}

/// `<ChatStateWrite::__Summary as FieldType>`: the field.
pub(super) fn field_type(state: &State, field: &Field) -> TokenStream {
    let (krate, module, marker) = (&state.krate, writes_ident(state), marker(&field.write));
    quote!(<#module::#marker as #krate::__private::FieldType>)
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;
    use syn::{Visibility, parse_quote};

    use crate::state::visibility::{inside, narrower};

    #[test]
    fn the_narrower_visibility_counts_and_is_said_from_inside() {
        let both = |a: Visibility, b: Visibility| inside(&narrower(&a, &b)).to_token_stream().to_string();
        assert_eq!(both(parse_quote!(pub), parse_quote!(pub)), "pub");
        assert_eq!(both(parse_quote!(pub), Visibility::Inherited), "pub (super)");
        assert_eq!(both(parse_quote!(pub(crate)), parse_quote!(pub)), "pub (crate)");
        assert_eq!(both(parse_quote!(pub), parse_quote!(pub(super))), "pub (in super :: super)");
        assert_eq!(
            both(parse_quote!(pub(in super::super)), parse_quote!(pub(crate))),
            "pub (in super :: super :: super)"
        );
        assert_eq!(both(parse_quote!(pub(super)), parse_quote!(pub(self))), "pub (super)");
        assert_eq!(both(parse_quote!(pub(super)), parse_quote!(pub(in super::super))), "pub (in super :: super)");
        assert_eq!(both(parse_quote!(pub(in crate::a)), parse_quote!(pub)), "pub (in crate :: a)");
    }
}
