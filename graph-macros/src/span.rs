//! Where in the user's text something is said.

use proc_macro2::Span;
use syn::Type;
use syn::spanned::Spanned as _;

/// The span of a type, as far as a stable compiler can join one: that of the name that says what it is.
pub(crate) fn of_type(ty: &Type) -> Span {
    match ty {
        Type::Group(group) => of_type(&group.elem),
        Type::Path(path) => path.path.segments.last().map_or_else(Span::call_site, |last| last.ident.span()),
        other => other.span(),
    }
}
