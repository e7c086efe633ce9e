//! States that hold a conversation.

use super::State;
use crate::message::Messages;

/// A state with exactly one field under `#[state(reduce = AddMessages)]`, under whatever name; `#[derive(State)]`
/// implements it.
///
/// [`Context::push_message`](crate::context::Context::push_message) writes to that field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not have exactly one field that messages can be pushed to",
    label = "there is no telling where in `{Self}`",
    note = "a message is pushed to the only field under `#[state(reduce = AddMessages)]`; where there are several, or none, return it in an update"
)]
pub trait HasMessages: State {
    /// The field.
    const MESSAGES: &'static str;

    /// A write of these messages to the field.
    #[doc(hidden)]
    fn __messages_update(messages: Messages) -> Self::Update;
}
