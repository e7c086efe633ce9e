//! The parameters of routers whose node decides, or does not, what they were written for.

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

/// What a router's second parameter is bound to: the route that its node decides. `Is<false>` where it decides none,
/// which is reported: then it is of whatever type the router takes it for.
pub trait GivenRoute<R, Taken> {
    fn give(route: R) -> Taken;
}

impl<R> GivenRoute<R, R> for Is<true> {
    fn give(route: R) -> R {
        route
    }
}

impl<R, Taken> GivenRoute<R, Taken> for Is<false> {
    fn give(_: R) -> Taken {
        never()
    }
}
