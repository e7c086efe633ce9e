//! The result of a run: the state, or its fields marked as output.

use std::sync::Arc;

use super::{FieldSet, State, unwrap_or_copy};

/// The result of a run over the state `S`: `S` itself, or the `<State>Output` of a state with fields marked
/// `#[state(output)]`.
///
/// A state that is its own output is handed out without a copy.
pub trait RunOutput<S>: Send + Sync + Sized + 'static {
    /// The fields of the state in the output.
    #[doc(hidden)]
    const OUTPUT_FIELDS: FieldSet;

    /// The output of a state.
    #[doc(hidden)]
    fn __from_state(state: &Arc<S>) -> Arc<Self>;

    /// The output by value: cloned if it is shared.
    #[doc(hidden)]
    fn __into_owned(output: Arc<Self>) -> Self;

    /// The fields to omit from JSON: unwritten late fields. A generated output omits them itself.
    #[doc(hidden)]
    fn __unwritten(&self) -> FieldSet {
        FieldSet::EMPTY
    }
}

#[diagnostic::do_not_recommend]
impl<S: State> RunOutput<S> for S {
    const OUTPUT_FIELDS: FieldSet = FieldSet::all::<S>();

    fn __from_state(state: &Arc<S>) -> Arc<S> {
        state.clone()
    }

    fn __into_owned(output: Arc<S>) -> S {
        unwrap_or_copy(output)
    }

    fn __unwritten(&self) -> FieldSet {
        self.unwritten()
    }
}
