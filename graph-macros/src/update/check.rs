//! The rules about an update that its attributes alone do not show.

use super::model::Update;
use crate::diagnostics::{Diagnostics, with_help};

pub(super) fn update(update: &Update, diagnostics: &Diagnostics) {
    is_not_generic(update, diagnostics);
}

fn is_not_generic(update: &Update, diagnostics: &Diagnostics) {
    if update.is_generic() {
        let help = "name the types that it holds";
        diagnostics.error(&update.generics, with_help("an update of a graph's state cannot be generic", help));
    }
}
