//! States with a conversation in them.

use super::State;
use crate::message::Messages;

/// A state with one field of messages, which [`AddMessages`](crate::message::AddMessages) folds: `#[derive(State)]`
/// implements it where there is exactly one field under `#[state(reduce = AddMessages)]`.
///
/// It is what [`Context::push_message`](crate::context::Context::push_message) writes to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not have exactly one field that messages can be pushed to",
    label = "there is no telling where in `{Self}`",
    note = "a message is pushed to the only field under `#[state(reduce = AddMessages)]`; where there are several, or none, return it in an update"
)]
pub trait MessagesState: State {
    /// The field.
    const MESSAGES: &'static str;

    /// A write of these messages to the field.
    #[doc(hidden)]
    fn __say(messages: Messages) -> Self::Update;
}
