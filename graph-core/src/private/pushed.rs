//! Which field of a state messages are pushed to: the one whose reducer is `AddMessages`, under whatever name.

use std::any::Any;

use super::Is;
use crate::message::Messages;
use crate::state::{FieldSet, State, Write};

/// The field with the reducer `AddMessages`, if there is exactly one, given which fields have it.
#[must_use]
pub const fn the_only(fields: &[(usize, bool)]) -> FieldSet {
    let (mut found, mut i) = (FieldSet::EMPTY, 0);
    while i < fields.len() {
        let (field, is_messages) = fields[i];
        if is_messages {
            found = found.union(FieldSet::one(field));
        }
        i += 1;
    }
    if found.len() == 1 { found } else { FieldSet::EMPTY }
}

/// Bound of the impl of `HasMessages` for `S`: holds of the answer yes.
pub trait HasOneOf<S> {}

impl<S> HasOneOf<S> for Is<true> {}

/// The name of the field that messages are pushed to.
#[must_use]
pub const fn pushed_name<S: State>() -> &'static str {
    match S::PUSHED.first() {
        Some(field) => S::FIELDS[field].name,
        None => "",
    }
}

/// Writes the messages to the slot, if it is that of the field that messages are pushed to.
pub fn push<T, I: 'static>(slot: &mut Write<T, I>, is_pushed: bool, messages: &mut Option<Messages>) {
    if is_pushed && let Some(messages) = (messages as &mut dyn Any).downcast_mut::<Option<I>>().and_then(Option::take) {
        *slot = Write::Merge(messages);
    }
}
