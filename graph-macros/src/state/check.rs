//! What no single field shows.

use super::model::State;
use crate::diagnostics::{Diagnostics, with_help};

/// As many fields as a `FieldSet` holds.
const LIMIT: usize = 128;

pub(super) fn state(state: &State, diagnostics: &Diagnostics) {
    fits_a_field_set(state, diagnostics);
    gives_what_it_saves(state, diagnostics);
}

fn fits_a_field_set(state: &State, diagnostics: &Diagnostics) {
    if let Some(field) = state.fields.get(LIMIT) {
        let message =
            format!("`{}` has {} fields, and a graph state has at most {LIMIT}", state.ident, state.fields.len());
        diagnostics
            .error(&field.ident, with_help(message, "put fields that are written together into a struct of their own"));
    }
}

/// A run that goes on with a thread has no more of an untracked field than its default.
fn gives_what_it_saves(state: &State, diagnostics: &Diagnostics) {
    for field in state.outputs().filter(|field| field.untracked) {
        let message = format!("`{}` is untracked, and what a run gives has to be saved with it", field.name);
        let help = "leave out `untracked` or `output`: a run that goes on with a saved thread would not have it";
        diagnostics.error_at(field.output.unwrap_or_else(|| field.ident.span()), with_help(message, help));
    }
}
