//! What a run shows of its state: its output, and the values on the way there.

use std::sync::Arc;

use super::{FieldSet, State};

/// The output of a run over the state `S`: `S` itself, or the `<State>Output` of a state with fields marked
/// `#[state(output)]`, in which late fields are plain values.
///
/// A state that is its own output is handed out without a copy.
pub trait RunOutput<S>: Send + Sync + Sized + 'static {
    /// The output of a final state. Fails with the name of a late output field that is unwritten: `graph!` proves that
    /// there is none at any end, but a thread may be loaded from a checkpoint of another program.
    #[doc(hidden)]
    fn __from_state(state: &Arc<S>) -> Result<Arc<Self>, &'static str>;

    /// The output by value: cloned if it is shared.
    #[doc(hidden)]
    fn __into_owned(output: Arc<Self>) -> Self;
}

/// What the `values` stream shows of the state `S`: `S` itself, or the `<State>Values` of a state with fields marked
/// `#[state(output)]`, in which late fields are late: they may be unwritten until the end.
pub trait RunValues<S>: Send + Sync + Sized + 'static {
    /// The fields of the state that it shows.
    #[doc(hidden)]
    const FIELDS: FieldSet;

    #[doc(hidden)]
    fn __from_state(state: &Arc<S>) -> Arc<Self>;

    /// The fields to omit from JSON: unwritten late fields. Generated values omit them themselves.
    #[doc(hidden)]
    fn __unwritten(&self) -> FieldSet {
        FieldSet::EMPTY
    }
}

#[diagnostic::do_not_recommend]
impl<S: State> RunValues<S> for S {
    const FIELDS: FieldSet = FieldSet::all::<S>();

    fn __from_state(state: &Arc<S>) -> Arc<S> {
        state.clone()
    }

    fn __unwritten(&self) -> FieldSet {
        self.unwritten()
    }
}
