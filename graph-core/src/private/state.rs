//! The one-line functions behind `#[derive(State)]` and `#[derive(Update)]`.
//!
//! Reducers are passed as functions: a bound on `Reducer` here would make rustc report an unfit reducer again for each
//! call.

use std::any::Any;

use super::Wire;
use crate::message::Message;
use crate::state::{FieldSet, Late, State, Write};

/// The initial state: its `Default`.
#[diagnostic::on_unimplemented(
    message = "the state `{Self}` has no `Default`, and a graph has to begin with something",
    label = "add `Default` to its derives",
    note = "a state derives `State`, `Clone` and `Default`: `#[derive(State, Clone, Default)]`"
)]
pub trait InitialState {
    fn initial_state() -> Self;
}

#[diagnostic::do_not_recommend]
impl<S: Default> InitialState for S {
    fn initial_state() -> S {
        S::default()
    }
}

/// A clone of the state, for a state that is still shared: its `Clone`.
#[diagnostic::on_unimplemented(
    message = "the state `{Self}` has no `Clone`, and a graph copies what others still read",
    label = "add `Clone` to its derives",
    note = "a state derives `State`, `Clone` and `Default`: `#[derive(State, Clone, Default)]`"
)]
pub trait CloneState {
    fn clone_state(&self) -> Self;
}

#[diagnostic::do_not_recommend]
impl<S: Clone> CloneState for S {
    fn clone_state(&self) -> S {
        self.clone()
    }
}

pub fn initial_state<S: InitialState>() -> S {
    S::initial_state()
}

pub fn clone_state<S: CloneState>(state: &S) -> S {
    state.clone_state()
}

pub fn overwrite<T>(field: &mut T, write: Option<T>) {
    if let Some(value) = write {
        *field = value;
    }
}

pub fn fill<T>(field: &mut Late<T>, write: Option<T>) {
    if let Some(value) = write {
        field.set(value);
    }
}

pub fn fold<T, I>(field: &mut T, write: Write<T, I>, reduce: fn(&mut T, I)) {
    match write {
        Write::Nothing => {}
        Write::Merge(input) => reduce(field, input),
        Write::Replace(value) => *field = value,
    }
}

/// Combines two consecutive writes into one.
pub fn combine<T, I>(first: &mut Write<T, I>, then: Write<T, I>, combine: fn(&mut I, I), reduce: fn(&mut T, I)) {
    match (&mut *first, then) {
        (_, Write::Nothing) => {}
        (Write::Merge(first), Write::Merge(then)) => combine(first, then),
        (Write::Replace(value), Write::Merge(then)) => reduce(value, then),
        (_, then) => *first = then,
    }
}

/// The same for a field without a reducer.
pub fn combine_last<T>(first: &mut Option<T>, then: Option<T>) {
    if then.is_some() {
        *first = then;
    }
}

/// The value of the parent's field with this index. The parent is a `P`, or a stub if `P` is no state.
pub fn field_of<P: State, Q: 'static>(parent: &Q, field: usize) -> &dyn Any {
    (parent as &dyn Any).downcast_ref::<P>().map_or(&(), |parent| parent.__field(field))
}

/// The value of a late field of the output, or the field's name.
pub fn written_value<T: Clone>(field: &Late<T>, name: &'static str) -> Result<T, &'static str> {
    field.get().cloned().ok_or(name)
}

/// Takes over a shared value from the parent's state; the parent's field may be late.
pub fn take_over<T: Clone + 'static>(field: &mut T, parent: &dyn Any) {
    if let Some(value) = parent.downcast_ref::<T>() {
        field.clone_from(value);
    } else if let Some(value) = parent.downcast_ref::<Late<T>>().and_then(Late::get) {
        field.clone_from(value);
    }
}

/// The same for a late field.
pub fn take_over_late<T: Clone + 'static>(field: &mut Late<T>, parent: &dyn Any) {
    if let Some(value) = parent.downcast_ref::<Late<T>>() {
        field.clone_from(value);
    } else if let Some(value) = parent.downcast_ref::<T>() {
        field.set(value.clone());
    }
}

pub fn prepare<T, I>(write: &mut Write<T, I>, prepare: fn(&mut I)) {
    if let Write::Merge(input) = write {
        prepare(input);
    }
}

pub fn prepare_any<I: 'static>(write: &mut dyn Any, prepare: fn(&mut I)) {
    if let Some(input) = write.downcast_mut() {
        prepare(input);
    }
}

/// The messages of a write: those to add, or those that replace the field.
pub fn messages_any<I: 'static, T: 'static>(
    write: &dyn Any,
    messages: fn(&I) -> &[Message],
    held: fn(&T) -> &[Message],
) -> &[Message] {
    match write.downcast_ref() {
        Some(input) => messages(input),
        None => write.downcast_ref().map_or(&[], held),
    }
}

pub fn show<T, I>(
    write: &Write<T, I>,
    messages: fn(&I) -> &[Message],
    held: fn(&T) -> &[Message],
    visit: &mut dyn FnMut(&[Message]),
) {
    match write {
        Write::Nothing => {}
        Write::Merge(input) => visit(messages(input)),
        Write::Replace(value) => visit(held(value)),
    }
}

pub const fn unwritten<T>(field: &Late<T>, index: usize) -> FieldSet {
    only_if(!field.is_written(), index)
}

/// The field with this index, if the condition holds.
pub const fn only_if(condition: bool, index: usize) -> FieldSet {
    if condition { FieldSet::one(index) } else { FieldSet::EMPTY }
}

pub fn written<W: Wire>(slot: &W, index: usize) -> FieldSet {
    only_if(slot.wire().is_some(), index)
}
