//! The built-in reducers.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::ops::AddAssign;

use super::Reducer;

/// The last write wins: the default of a field without `reduce`. A collection must state it explicitly.
#[derive(Clone, Copy, Debug)]
pub enum Overwrite {}

/// Appends each write: lists, queues, strings.
#[derive(Clone, Copy, Debug)]
pub enum Append {}

/// Adds each write.
#[derive(Clone, Copy, Debug)]
pub enum Sum {}

/// The maximum of the current value and all writes.
#[derive(Clone, Copy, Debug)]
pub enum Max {}

/// The minimum of the current value and all writes. An `Option` that is `None` has no value yet.
#[derive(Clone, Copy, Debug)]
pub enum Min {}

/// Inserts the entries of each written map; an existing key gets the new value.
#[derive(Clone, Copy, Debug)]
pub enum Merge {}

/// Inserts the elements of each written set.
#[derive(Clone, Copy, Debug)]
pub enum Union {}

impl<T> Reducer<T> for Overwrite {
    type Input = T;
    const FOLDS: bool = false;

    fn reduce(current: &mut T, input: T) {
        *current = input;
    }
}

impl<T> Reducer<Vec<T>> for Append {
    type Input = Vec<T>;

    fn reduce(current: &mut Vec<T>, mut input: Vec<T>) {
        current.append(&mut input);
    }
}

impl<T> Reducer<VecDeque<T>> for Append {
    type Input = VecDeque<T>;

    fn reduce(current: &mut VecDeque<T>, mut input: VecDeque<T>) {
        current.append(&mut input);
    }
}

impl Reducer<String> for Append {
    type Input = String;

    fn reduce(current: &mut String, input: String) {
        current.push_str(&input);
    }
}

impl<T: AddAssign> Reducer<T> for Sum {
    type Input = T;

    fn reduce(current: &mut T, input: T) {
        *current += input;
    }
}

/// A write that does not compare with the current value (a NaN) is ignored.
impl<T: PartialOrd> Reducer<T> for Max {
    type Input = T;

    fn reduce(current: &mut T, input: T) {
        if input > *current {
            *current = input;
        }
    }
}

/// A write that does not compare with the current value (a NaN) is ignored.
impl<T: PartialOrd> Reducer<Option<T>> for Min {
    type Input = T;

    fn reduce(current: &mut Option<T>, input: T) {
        if current.as_ref().is_none_or(|least| input < *least) {
            *current = Some(input);
        }
    }
}

impl<K: Ord, V> Reducer<BTreeMap<K, V>> for Merge {
    type Input = BTreeMap<K, V>;

    fn reduce(current: &mut BTreeMap<K, V>, mut input: BTreeMap<K, V>) {
        current.append(&mut input);
    }
}

impl<K: Eq + Hash, V, H: BuildHasher> Reducer<HashMap<K, V, H>> for Merge {
    type Input = HashMap<K, V, H>;

    fn reduce(current: &mut HashMap<K, V, H>, input: HashMap<K, V, H>) {
        current.extend(input);
    }
}

impl<T: Ord> Reducer<BTreeSet<T>> for Union {
    type Input = BTreeSet<T>;

    fn reduce(current: &mut BTreeSet<T>, mut input: BTreeSet<T>) {
        current.append(&mut input);
    }
}

impl<T: Eq + Hash, H: BuildHasher> Reducer<HashSet<T, H>> for Union {
    type Input = HashSet<T, H>;

    fn reduce(current: &mut HashSet<T, H>, input: HashSet<T, H>) {
        current.extend(input);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold<R: Reducer<T>, T>(mut current: T, inputs: impl IntoIterator<Item = R::Input>) -> T {
        for input in inputs {
            R::reduce(&mut current, input);
        }
        current
    }

    #[expect(clippy::float_cmp, reason = "these sums are exact")]
    #[test]
    fn each_reducer_folds() {
        assert_eq!(fold::<Overwrite, _>(1, [2, 3]), 3);
        assert_eq!(fold::<Append, _>(vec![1], [vec![2], vec![], vec![3, 1]]), [1, 2, 3, 1]);
        assert_eq!(fold::<Append, _>("a".to_owned(), ["b".to_owned(), "c".to_owned()]), "abc");
        assert_eq!(fold::<Sum, _>(1.5, [2.0, -1.0]), 2.5);
        assert_eq!(fold::<Max, _>(2.0, [1.0, f64::NAN, 3.0]), 3.0);
        assert_eq!(fold::<Min, _>(None, [4, 2, 9]), Some(2));
        let map = |pairs: &[(u8, u8)]| pairs.iter().copied().collect::<BTreeMap<_, _>>();
        assert_eq!(fold::<Merge, _>(map(&[(1, 1), (2, 2)]), [map(&[(2, 3)])]), map(&[(1, 1), (2, 3)]));
        assert_eq!(fold::<Union, _>(BTreeSet::from([1]), [BTreeSet::from([1, 2])]), BTreeSet::from([1, 2]));
    }
}
