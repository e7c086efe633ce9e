//! What no single field shows.

use super::model::State;
use crate::diagnostics::{Diagnostics, with_help};

/// As many fields as a `FieldSet` holds.
const LIMIT: usize = 128;

pub(super) fn state(state: &State, diagnostics: &Diagnostics) {
    fits_a_field_set(state, diagnostics);
}

fn fits_a_field_set(state: &State, diagnostics: &Diagnostics) {
    if let Some(field) = state.fields.get(LIMIT) {
        let message =
            format!("`{}` has {} fields, and a graph state has at most {LIMIT}", state.ident, state.fields.len());
        diagnostics
            .error(&field.ident, with_help(message, "put fields that are written together into a struct of their own"));
    }
}
