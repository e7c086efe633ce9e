//! The rule by which a write is folded into a field.

use crate::message::Message;

/// How writes to a field of type `T` are folded into its value.
///
/// A reducer is a type, named by `#[state(reduce = ..)]`; `#[reducer]` makes one of a function. Reducers are pure: a
/// saved thread is read back by folding its updates again. What is not pure (giving a message its id, reading a clock)
/// belongs in [`prepare`](Reducer::prepare), which runs once, when the task ends and before its update is streamed,
/// saved and applied.
#[diagnostic::on_unimplemented(
    message = "reducer `{Self}` cannot fold into `{T}`",
    label = "not a reducer for `{T}`",
    note = "a reducer is a type that implements `Reducer<{T}>`, or a function marked `#[reducer]`"
)]
pub trait Reducer<T> {
    /// What a node writes.
    type Input;

    /// Completes a write with what is not pure, once, before anybody sees it.
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
