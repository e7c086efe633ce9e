//! Clones of a state's fields.

/// A field to clone.
///
/// The derive of `Clone` on the state reports a field without `Clone`. The clones of its update and input, which hold
/// the same field, do not report it again: they use [`NoClone`] instead.
#[derive(Debug)]
pub struct Copied<'a, T>(pub &'a T);

impl<T: Clone> Copied<'_, T> {
    pub fn copied(self) -> T {
        self.0.clone()
    }
}

/// A stub for a field without `Clone`.
pub trait NoClone: Sized {
    /// Does not build: the state may have an impl of `Clone` that was written by hand.
    fn copied<T>(self) -> T {
        const { panic!("a field of a state, or what is written to it, has no `Clone`") }
    }
}

impl<T> NoClone for Copied<'_, T> {}
