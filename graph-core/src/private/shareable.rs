//! States that cannot be shared between threads.
//!
//! Every trait of a state needs `Send` and `Sync`, and rustc would report a field without them at each impl. So a field
//! is required to have them once, and the impls assume it: `where for<'any> ChatState: Shareable`. Under the `for`, what
//! does not hold only makes the impl unavailable.

use crate::state::State;

/// What can be in a state.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be in a state, which the nodes of a graph share across threads",
    label = "not `Send` and `Sync`",
    note = "write `Arc` for `Rc`, and a `Mutex` or an atomic for a `RefCell` or a `Cell`; what nodes change, they return"
)]
pub trait Shareable: Send + Sync {}

#[diagnostic::do_not_recommend]
impl<T: Send + Sync> Shareable for T {}

/// A bound for rustc to report a field that cannot.
pub const fn must_be_shareable<T: Shareable>(_: &T) {}

/// What `#[derive(State)]` implements for every state, also for one whose other impls are unavailable.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the state of a graph",
    label = "not a graph state",
    note = "add `#[derive(State, Clone, Default)]` to `{Self}`"
)]
pub trait DerivedState {
    type Full;
    const IS_DERIVED: () = ();
}

/// The full update, for the trait of updates.
pub fn full_update<S: State>(full: <S as DerivedState>::Full) -> S::Update {
    full
}
