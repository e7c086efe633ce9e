//! Reachability.

use crate::Shape;

/// Reachability: the transitive closure of the edges and joins.
#[derive(Clone, Debug)]
pub struct Reach(Vec<Vec<bool>>);

impl Reach {
    /// Computes the closure.
    #[must_use]
    pub fn of(shape: &Shape) -> Self {
        let count = shape.nodes.len();
        let closure = (0..count).map(|from| {
            let mut seen = vec![false; count];
            let mut open: Vec<_> = shape.successors(from).collect();
            while let Some(node) = open.pop() {
                if !std::mem::replace(&mut seen[node], true) {
                    open.extend(shape.successors(node));
                }
            }
            seen
        });
        Self(closure.collect())
    }

    /// Whether `to` is reachable from `from`, in one step or more.
    #[must_use]
    pub fn leads(&self, from: usize, to: usize) -> bool {
        self.0[from][to]
    }
}
