//! How `#[derive(Update)]` and shared fields write to the fields of a state.
//!
//! Each value passes through a bound with a message of its own. As the argument of a method, a value of another type
//! would make rustc suggest a conversion inside the expansion.

use crate::state::Slot;

/// What an update writes to a field that takes a `T`.
#[diagnostic::on_unimplemented(
    message = "an update writes `{Self}` to a field of the state that takes `{T}`",
    label = "the state's field takes `{T}`",
    note = "with a reducer, an update's field has the type that the reducer takes: `Messages` for messages",
    note = "an `Option` stands under `#[update(maybe)]`: its `None` leaves the state's field as it is"
)]
pub trait WriteOf<T> {
    fn write(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> WriteOf<T> for T {
    fn write(self) -> T {
        self
    }
}

pub fn put<S: Slot, V: WriteOf<S::Input>>(slot: &mut S, value: V) {
    slot.put(value.write());
}

pub fn put_instead<S: Slot, V: WriteOf<S::Value>>(slot: &mut S, value: V) {
    slot.put_instead(value.write());
}

/// What an update writes under `#[update(maybe)]` to a field that takes a `T`: the value in its `Option`.
#[diagnostic::on_unimplemented(
    message = "under `#[update(maybe)]`, an update writes `{Self}` to a field of the state that takes `{T}`",
    label = "an `Option<{T}>` here",
    note = "the `Option` of `maybe` says whether the field is written, and so stands around what the field takes: `Option<{T}>`"
)]
pub trait MaybeWriteOf<T> {
    fn write(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> MaybeWriteOf<T> for T {
    fn write(self) -> T {
        self
    }
}

pub fn put_maybe<S: Slot, V: MaybeWriteOf<S::Input>>(slot: &mut S, value: V) {
    slot.put(value.write());
}

pub fn put_maybe_instead<S: Slot, V: MaybeWriteOf<S::Value>>(slot: &mut S, value: V) {
    slot.put_instead(value.write());
}

/// The value of a shared field whose parent holds a `T`.
#[diagnostic::on_unimplemented(
    message = "a shared field is `{Self}` here, and `{T}` in the parent",
    label = "`{T}` in the parent",
    note = "a shared field has one type in both states; only one of them may be `Late`"
)]
pub trait SharedOf<T> {
    fn shared(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T> SharedOf<T> for T {
    fn shared(self) -> T {
        self
    }
}

pub fn share<S: Slot, V: SharedOf<S::Value>>(slot: &mut S, value: V) {
    slot.put_instead(value.shared());
}

/// A field under `#[update(maybe)]`, asked whether it is an `Option`: the type decides, under whatever alias.
#[derive(Debug)]
pub struct Maybe<F>(pub F);

impl<T> Maybe<Option<T>> {
    pub fn value(self) -> Option<T> {
        self.0
    }
}

impl<'a, T> Maybe<&'a Option<T>> {
    pub fn value(self) -> Option<&'a T> {
        self.0.as_ref()
    }

    #[must_use]
    pub fn has_value(self) -> bool {
        self.0.is_some()
    }
}

impl<'a, T> Maybe<&'a mut Option<T>> {
    pub fn value(self) -> Option<&'a mut T> {
        self.0.as_mut()
    }
}

/// A stub for a field that is no `Option`, which [`must_be_option`] reports.
pub trait NoOption: Sized {
    fn value<V>(self) -> Option<V> {
        super::never()
    }

    fn has_value(self) -> bool {
        super::never()
    }
}

impl<F> NoOption for Maybe<F> {}

/// Bound for rustc to report a field that is no `Option`.
#[diagnostic::on_unimplemented(
    message = "a field under `#[update(maybe)]` is an `Option`",
    label = "a `{Self}` is always there",
    note = "leave `maybe` out where the field is always written"
)]
pub trait IsOption {}

impl<T> IsOption for Option<T> {}

pub const fn must_be_option<F: IsOption>(_: &F) {}
