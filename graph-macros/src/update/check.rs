//! The rules about an update that its attributes alone do not show.

use syn::Type;

use super::model::Update;
use crate::diagnostics::{Diagnostics, with_help};

pub(super) fn update(update: &Update, diagnostics: &Diagnostics) {
    is_not_generic(update, diagnostics);
    maybe_fields_are_options(update, diagnostics);
}

fn is_not_generic(update: &Update, diagnostics: &Diagnostics) {
    if update.is_generic() {
        let help = "name the types that it holds";
        diagnostics.error(&update.generics, with_help("an update of a graph's state cannot be generic", help));
    }
}

fn maybe_fields_are_options(update: &Update, diagnostics: &Diagnostics) {
    for field in update.fields.iter().filter(|field| field.maybe && !is_option(&field.ty)) {
        let help = format!("leave `maybe` out where `{}` is always written", field.ident);
        diagnostics.error(&field.ty, with_help("a field under `#[update(maybe)]` is an `Option`", help));
    }
}

fn is_option(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_option(&group.elem),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "Option"),
        _ => false,
    }
}
