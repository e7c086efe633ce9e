//! What a run gives: the state, or those of its fields that are marked as output.

use std::sync::Arc;

use super::{FieldSet, State, unwrap_or_copy};

/// What a run over the state `S` gives: `S` itself, or the `<State>Output` of a state with fields marked
/// `#[state(output)]`.
///
/// A state that is its own output is handed out as it is, and nothing is copied.
pub trait RunOutput<S>: Send + Sync + Sized + 'static {
    /// The fields of the state that it shows.
    #[doc(hidden)]
    const SHOWN: FieldSet;

    /// What a state shows.
    #[doc(hidden)]
    fn __of(state: &Arc<S>) -> Arc<Self>;

    /// The output itself: copied where others hold it too.
    #[doc(hidden)]
    fn __owned(output: Arc<Self>) -> Self;

    /// The fields that are not to be seen in JSON: the late ones that nothing has written. A generated output leaves
    /// them out itself.
    #[doc(hidden)]
    fn __unwritten(&self) -> FieldSet {
        FieldSet::EMPTY
    }
}

#[diagnostic::do_not_recommend]
impl<S: State> RunOutput<S> for S {
    const SHOWN: FieldSet = FieldSet::all::<S>();

    fn __of(state: &Arc<S>) -> Arc<S> {
        state.clone()
    }

    fn __owned(output: Arc<S>) -> S {
        unwrap_or_copy(output)
    }

    fn __unwritten(&self) -> FieldSet {
        self.unwritten()
    }
}
