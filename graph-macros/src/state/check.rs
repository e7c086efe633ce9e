//! The rules about a state that take more than one field to check.

use proc_macro2::Span;

use super::model::State;
use crate::diagnostics::{Diagnostics, with_help};
use crate::text;

/// The number of fields in a `FieldSet`.
const LIMIT: usize = 128;

pub(super) fn state(state: &State, diagnostics: &Diagnostics) {
    shares_with_its_parent(state, diagnostics);
    fits_a_field_set(state, diagnostics);
    outputs_are_saved(state, diagnostics);
}

/// A state with a parent shares a field, and a state without a parent none.
fn shares_with_its_parent(state: &State, diagnostics: &Diagnostics) {
    let first = state.shared().next().map(|(_, field)| (field.name.clone(), field.shared));
    match (&state.parent, first) {
        (None, Some((name, span))) => {
            let message = format!("`{name}` is shared, and `{}` does not say with which state", state.ident);
            let help = format!("write `#[state(parent = ..)]` on `{}`", state.ident);
            diagnostics.error_at(span.map_or_else(Span::call_site, |at| at.0), with_help(message, help));
        }
        // A shared field may be what was reported.
        (Some(parent), None) if diagnostics.is_empty() => {
            let message = format!("`{}` shares nothing with `{}`", state.ident, text::of(parent));
            let help = "write `#[state(shared)]` on the fields that go in and come out";
            diagnostics.error(parent, with_help(message, help));
        }
        _ => {}
    }
}

fn fits_a_field_set(state: &State, diagnostics: &Diagnostics) {
    if let Some(field) = state.fields.get(LIMIT) {
        let message =
            format!("`{}` has {} fields, and a graph state has at most {LIMIT}", state.ident, state.fields.len());
        diagnostics
            .error(&field.ident, with_help(message, "put fields that are written together into a struct of their own"));
    }
}

/// No output is untracked: a run that resumes a thread would give its default.
fn outputs_are_saved(state: &State, diagnostics: &Diagnostics) {
    for field in state.outputs().filter(|field| field.untracked) {
        let message = format!("`{}` is untracked, and what a run gives has to be saved with it", field.name);
        let help = "leave out `untracked` or `output`: a run that goes on with a saved thread would not have it";
        diagnostics.error_at(field.output.map_or_else(|| field.ident.span(), |at| at.0), with_help(message, help));
    }
}
