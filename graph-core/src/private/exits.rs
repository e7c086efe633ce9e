//! The exits of a graph, for the router of its parent.

use std::marker::PhantomData;

/// A graph's exits, the plain end first. Only `graph!` implements it.
pub trait Exits: Copy + 'static {
    const ALL: &'static [Self];
}

/// All exits, if `R` is a type of exits; none for another route.
#[derive(Debug)]
pub struct ExitsProbe<R>(PhantomData<R>);

impl<R: Exits> ExitsProbe<R> {
    pub const ALL: &'static [R] = R::ALL;
}

/// The answer for a route that is no exit.
pub trait NoExits<R: 'static> {
    const ALL: &'static [R] = &[];
}

impl<R: 'static> NoExits<R> for ExitsProbe<R> {}
