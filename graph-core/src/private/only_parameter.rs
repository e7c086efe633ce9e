//! The parameter of a router that has no other.

use super::{Is, never};

/// What a router gets that matches on its only parameter: the state. `Answer` is whether the node before it chooses a
/// route: the router was then meant to ask for it, which is reported, and gets the route, so that its patterns fit.
pub trait OnlyParameter<'a, S, R> {
    type Type;

    fn give(state: &'a S) -> Self::Type;
}

impl<'a, S: 'a, R> OnlyParameter<'a, S, R> for Is<false> {
    type Type = &'a S;

    fn give(state: &'a S) -> &'a S {
        state
    }
}

impl<S, R> OnlyParameter<'_, S, R> for Is<true> {
    type Type = R;

    fn give(_: &S) -> R {
        never()
    }
}
