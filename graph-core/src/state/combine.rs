//! Combines two writes to a field into one, so that a subgraph's writes are folded into the parent's state once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::ops::AddAssign;

use super::{Append, Max, Merge, Min, Overwrite, Reducer, Sum, Union};

/// A reducer whose inputs can be combined: folding in `combine(a, b)` is the same as folding in `a` and then `b`.
///
/// A subgraph returns the writes of its nodes to a shared field as one write, so the field's reducer must combine. All
/// reducers of graph-core do; a function marked `#[reducer]` does if it names a function: `#[reducer(combine = add)]`
/// with `fn add(first: &mut I, then: I)`. An associative reducer can name itself.
///
/// ```
/// use graph_core::prelude::*;
/// use graph_core::state::Combine;
///
/// #[reducer(combine = longest)]
/// fn longest(current: &mut String, new: String) {
///     if new.len() > current.len() {
///         *current = new;
///     }
/// }
///
/// let mut first = "a".to_owned();
/// <longest as Combine<String>>::combine(&mut first, "bcd".to_owned());
/// assert_eq!(first, "bcd");
/// ```
pub trait Combine<T>: Reducer<T> {
    /// Combines two successive inputs into the first.
    fn combine(first: &mut Self::Input, then: Self::Input);
}

impl<T> Combine<T> for Overwrite {
    fn combine(first: &mut T, then: T) {
        *first = then;
    }
}

impl<T> Combine<Vec<T>> for Append {
    fn combine(first: &mut Vec<T>, then: Vec<T>) {
        Self::reduce(first, then);
    }
}

impl<T> Combine<VecDeque<T>> for Append {
    fn combine(first: &mut VecDeque<T>, then: VecDeque<T>) {
        Self::reduce(first, then);
    }
}

impl Combine<String> for Append {
    fn combine(first: &mut String, then: String) {
        Self::reduce(first, then);
    }
}

impl<T: AddAssign> Combine<T> for Sum {
    fn combine(first: &mut T, then: T) {
        *first += then;
    }
}

impl<T: PartialOrd> Combine<T> for Max {
    fn combine(first: &mut T, then: T) {
        if is_comparable(&then) && (!is_comparable(first) || then > *first) {
            *first = then;
        }
    }
}

impl<T: PartialOrd> Combine<Option<T>> for Min {
    fn combine(first: &mut T, then: T) {
        if is_comparable(&then) && (!is_comparable(first) || then < *first) {
            *first = then;
        }
    }
}

/// Whether the value compares with itself: NaN does not.
fn is_comparable<T: PartialOrd>(value: &T) -> bool {
    value.partial_cmp(value).is_some()
}

impl<K: Ord, V> Combine<BTreeMap<K, V>> for Merge {
    fn combine(first: &mut BTreeMap<K, V>, then: BTreeMap<K, V>) {
        Self::reduce(first, then);
    }
}

impl<K: Eq + Hash, V, H: BuildHasher> Combine<HashMap<K, V, H>> for Merge {
    fn combine(first: &mut HashMap<K, V, H>, then: HashMap<K, V, H>) {
        Self::reduce(first, then);
    }
}

impl<T: Ord> Combine<BTreeSet<T>> for Union {
    fn combine(first: &mut BTreeSet<T>, then: BTreeSet<T>) {
        Self::reduce(first, then);
    }
}

impl<T: Eq + Hash, H: BuildHasher> Combine<HashSet<T, H>> for Union {
    fn combine(first: &mut HashSet<T, H>, then: HashSet<T, H>) {
        Self::reduce(first, then);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Debug;

    /// Folding in two inputs one by one equals folding in their combination.
    fn assert_combines<R: Combine<T, Input: Clone>, T: Clone + PartialEq + Debug>(
        begin: T,
        first: R::Input,
        then: R::Input,
    ) {
        let (mut apart, mut together) = (begin.clone(), begin);
        R::reduce(&mut apart, first.clone());
        R::reduce(&mut apart, then.clone());
        let mut both = first;
        R::combine(&mut both, then);
        R::reduce(&mut together, both);
        assert_eq!(apart, together);
    }

    #[test]
    fn combining_two_inputs_equals_reducing_them_in_turn() {
        assert_combines::<Overwrite, _>(1, 2, 3);
        assert_combines::<Append, _>(vec![1], vec![2], vec![3, 1]);
        assert_combines::<Append, _>("a".to_owned(), "b".to_owned(), "c".to_owned());
        assert_combines::<Sum, _>(1, 2, 3);
        for (first, then) in [(1.0, 3.0), (3.0, 1.0), (f64::NAN, 3.0), (3.0, f64::NAN), (1.0, 1.5)] {
            assert_combines::<Max, _>(2.0, first, then);
        }
        for (first, then) in [(1, 3), (3, 1)] {
            assert_combines::<Min, _>(Some(2), first, then);
            assert_combines::<Min, _>(None, first, then);
        }
        let map = |pairs: &[(u8, u8)]| pairs.iter().copied().collect::<BTreeMap<_, _>>();
        assert_combines::<Merge, _>(map(&[(1, 1)]), map(&[(1, 2), (2, 2)]), map(&[(2, 3)]));
        assert_combines::<Union, _>(BTreeSet::from([1]), BTreeSet::from([2]), BTreeSet::from([2, 3]));
    }
}
