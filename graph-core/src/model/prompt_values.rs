//! What can stand for the variables of a prompt template.

use std::fmt::{Debug, Display};

use super::Prompt;
use crate::message::Message;

/// What can stand for `{name}` in a template of [`prompt!`](crate::prompt!): whatever has a [`Display`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in the text of a prompt",
    label = "it has no `Display`",
    note = "write `{{name:?}}` in the template to show it by `Debug`, or give the text itself"
)]
pub trait PromptText: Display {}

#[diagnostic::do_not_recommend]
impl<T: Display + ?Sized> PromptText for T {}

/// What can stand for `{name:?}` in a template of [`prompt!`](crate::prompt!): whatever has a [`Debug`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in the text of a prompt",
    label = "it has no `Debug`",
    note = "add `#[derive(Debug)]` to `{Self}`, or give the text itself"
)]
pub trait PromptDebug: Debug {}

#[diagnostic::do_not_recommend]
impl<T: Debug + ?Sized> PromptDebug for T {}

/// What can stand for `..name` in a template of [`prompt!`](crate::prompt!): one message or several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not messages",
    label = "messages stand for `..name` in the template",
    note = "give a `Message`, a `Messages`, or a list of messages, borrowed or not"
)]
pub trait PromptMessages {
    /// The messages.
    fn into_messages(self) -> Vec<Message>;
}

#[diagnostic::do_not_recommend]
impl<T: Into<Prompt>> PromptMessages for T {
    fn into_messages(self) -> Vec<Message> {
        self.into().messages
    }
}
