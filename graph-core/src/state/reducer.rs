//! The rule that folds a write into a field.

use crate::message::Message;

/// How writes to a field of type `T` are folded into its value.
///
/// The writes of one super-step are folded in by the name of their node, whichever task ends first, then those of the
/// tasks that `for` edges sent, in sending order: a renamed node may change the order of a list.
///
/// A reducer is a type, named by `#[state(reduce = ..)]`; `#[reducer]` makes one of a function. Reducers are pure: a
/// saved thread is restored by folding its updates again. Impure work (giving a message its id, reading a clock)
/// belongs in [`prepare`](Reducer::prepare), which runs once, when the task ends, before its update is streamed, saved
/// and applied.
#[diagnostic::on_unimplemented(
    message = "reducer `{Self}` cannot fold into `{T}`",
    label = "not a reducer for `{T}`",
    note = "a reducer is a type that implements `Reducer<{T}>`, or a function marked `#[reducer]`"
)]
pub trait Reducer<T> {
    /// The write.
    type Input;

    /// Whether it folds writes into the value, so that several nodes may write the field in one super-step. A reducer
    /// that replaces the value says `false`: of parallel writes it would lose all but one.
    const FOLDS: bool = true;

    /// Completes a write with its impure parts (ids, clocks), once, before it is streamed, saved and applied.
    fn prepare(_input: &mut Self::Input) {}

    /// Folds a write into the field.
    fn reduce(current: &mut T, input: Self::Input);

    /// The messages in a write, for the `messages` stream mode.
    fn messages(_input: &Self::Input) -> &[Message] {
        &[]
    }

    /// The messages that the field holds, for the `messages` stream mode.
    fn held(_current: &T) -> &[Message] {
        &[]
    }
}
