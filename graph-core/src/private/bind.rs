//! What a pattern of the state binds: the value of a late field, and any other field as it is.
//!
//! [`Bind`] has a `get` of its own where it holds a late field; otherwise autoderef goes on to [`Bound`]. So the type
//! decides, under whatever alias, and nothing has to be imported.

use std::any::type_name;
use std::ops::Deref;

use crate::state::Late;

/// A bound field, which may be late.
#[derive(Debug)]
pub struct Bind<T>(Bound<T>);

/// A bound field that is not late.
#[derive(Debug)]
pub struct Bound<T>(T);

pub const fn bind<T>(field: T) -> Bind<T> {
    Bind(Bound(field))
}

impl<T> Deref for Bind<T> {
    type Target = Bound<T>;

    fn deref(&self) -> &Bound<T> {
        &self.0
    }
}

impl<'a, T> Bind<&'a Late<T>> {
    /// The value.
    ///
    /// # Panics
    /// If it is unwritten. In a graph it is written: only a test that calls a node's function can get here.
    #[track_caller]
    pub fn get(self, field: &str) -> &'a T {
        let Bound(late) = self.0;
        late.get().unwrap_or_else(|| unwritten::<T>(field))
    }
}

/// `&Story { count, .. }` binds a late field that is `Copy` by value.
impl<T> Bind<Late<T>> {
    /// The value.
    ///
    /// # Panics
    /// If it is unwritten.
    #[track_caller]
    pub fn get(self, field: &str) -> T {
        let Bound(late) = self.0;
        late.into_option().unwrap_or_else(|| unwritten::<T>(field))
    }
}

/// What a pattern binds out of a `&State` is a reference, or `Copy`.
impl<T: Copy> Bound<T> {
    pub fn get(&self, _field: &str) -> T {
        self.0
    }
}

#[track_caller]
fn unwritten<T>(field: &str) -> ! {
    panic!("`{field}` is a `Late<{}>` that was not written; give the state one with `Late::new`", type_name::<T>())
}
