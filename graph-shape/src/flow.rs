//! What can run together, and what can follow what.

use crate::{Shape, explore, pairs};

/// One super-step that can occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The nodes that run in it, ascending, each with whether it runs as many tasks.
    pub active: Vec<(usize, bool)>,
    /// The moments that can follow.
    pub next: Vec<usize>,
    /// Groups of moments all of which have been before this one (coarse flows only: the sources of each join).
    pub joined: Vec<Vec<usize>>,
}

/// What can run together, and what can follow what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The moments.
    pub moments: Vec<Moment>,
    /// The moments that a run can begin with.
    pub first: Vec<usize>,
    /// Pairs of nodes that can run together and stand in no moment together (coarse flows only).
    pub pairs: Vec<(usize, usize)>,
    /// Whether every moment occurs in some run, if routers are independent.
    pub exact: bool,
}

impl Flow {
    /// How many moments are explored before the coarser analysis takes over: so many can be checked while compiling
    /// without rustc's limit for constant evaluation coming near.
    pub const LIMIT: usize = 400;

    /// Works out what can run together, and what can follow what.
    #[must_use]
    pub fn of(shape: &Shape) -> Self {
        explore(shape, Self::LIMIT).unwrap_or_else(|| pairs(shape))
    }

    /// Whether two nodes (or one, as several tasks) can run in the same super-step.
    #[must_use]
    pub fn together(&self, a: usize, b: usize) -> bool {
        let in_moment = |moment: &Moment| {
            let find = |node| moment.active.iter().find(|(active, _)| *active == node);
            match (find(a), find(b)) {
                (Some((_, many)), Some(_)) => a != b || *many,
                _ => false,
            }
        };
        self.moments.iter().any(in_moment) || self.pairs.contains(&(a.min(b), a.max(b)))
    }
}
