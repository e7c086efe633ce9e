//! Two writes to a field as one: how what a subgraph added is folded into its parent once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::ops::AddAssign;

use super::{Append, Max, Merge, Min, Overwrite, Reducer, Sum, Union};

/// A reducer for which two inputs can be one: folding `combine(a, b)` in is the same as folding `a` in and then `b`.
///
/// A subgraph that shares a field with its parent gives back what its nodes wrote to it, as one write. All of graph-core's
/// reducers can; a function marked `#[reducer]` can where it says how: `#[reducer(combine = add)]` names a function
/// `fn add(first: &mut I, then: I)`, which is the reducer itself where it is associative.
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
    /// Makes of two inputs, one after the other, one.
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

/// Whether it is something to compare with: NaN is not.
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

    /// That folding two inputs in one after the other is the same as folding in what they are together.
    fn agree<R: Combine<T, Input: Clone>, T: Clone + PartialEq + Debug>(begin: T, first: R::Input, then: R::Input) {
        let (mut apart, mut together) = (begin.clone(), begin);
        R::reduce(&mut apart, first.clone());
        R::reduce(&mut apart, then.clone());
        let mut both = first;
        R::combine(&mut both, then);
        R::reduce(&mut together, both);
        assert_eq!(apart, together);
    }

    #[test]
    fn two_inputs_are_worth_what_both_are_worth() {
        agree::<Overwrite, _>(1, 2, 3);
        agree::<Append, _>(vec![1], vec![2], vec![3, 1]);
        agree::<Append, _>("a".to_owned(), "b".to_owned(), "c".to_owned());
        agree::<Sum, _>(1, 2, 3);
        for (first, then) in [(1.0, 3.0), (3.0, 1.0), (f64::NAN, 3.0), (3.0, f64::NAN), (1.0, 1.5)] {
            agree::<Max, _>(2.0, first, then);
        }
        for (first, then) in [(1, 3), (3, 1)] {
            agree::<Min, _>(Some(2), first, then);
            agree::<Min, _>(None, first, then);
        }
        let map = |pairs: &[(u8, u8)]| pairs.iter().copied().collect::<BTreeMap<_, _>>();
        agree::<Merge, _>(map(&[(1, 1)]), map(&[(1, 2), (2, 2)]), map(&[(2, 3)]));
        agree::<Union, _>(BTreeSet::from([1]), BTreeSet::from([2]), BTreeSet::from([2, 3]));
    }
}
