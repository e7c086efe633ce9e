//! The spans at which types and paths are reported.

use proc_macro2::Span;
use syn::spanned::Spanned as _;
use syn::{Path, Type};

/// The span of a type. A stable compiler cannot join spans, so it is that of the path's last segment.
pub(crate) fn of_type(ty: &Type) -> Span {
    match ty {
        Type::Group(group) => of_type(&group.elem),
        Type::Path(path) => of_path(&path.path),
        other => other.span(),
    }
}

/// The span of a path: that of its last segment.
pub(crate) fn of_path(path: &Path) -> Span {
    path.segments.last().map_or_else(Span::call_site, |last| last.ident.span())
}
