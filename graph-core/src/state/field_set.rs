//! Sets of a state's fields as bits, computed at compile time.

use super::State;

/// A set of the fields of one state: bit `i` stands for `S::FIELDS[i]`.
///
/// The macros know fields by name only; [`FieldSet::named`] looks the names up in the state's field table during
/// constant evaluation, so that a graph's data flow can be checked at compile time. An unknown name makes the set
/// *poisoned*: rustc reports the name itself, and the data-flow checks stay silent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FieldSet {
    bits: u128,
    poisoned: bool,
}

impl FieldSet {
    /// The maximum number of fields in a state.
    pub const LIMIT: usize = 128;
    /// The empty set.
    pub const EMPTY: Self = Self { bits: 0, poisoned: false };
    /// The set of an unknown field: checks that meet it stay silent.
    pub const POISONED: Self = Self { bits: 0, poisoned: true };

    /// The set of one field, by its index in the state's table.
    #[must_use]
    pub const fn one(index: usize) -> Self {
        if index < Self::LIMIT { Self { bits: 1 << index, poisoned: false } } else { Self::POISONED }
    }

    /// The fields of `S` with these names.
    #[must_use]
    pub const fn named<S: State>(names: &[&str]) -> Self {
        let mut set = Self::EMPTY;
        let mut i = 0;
        while i < names.len() {
            set = set.union(Self::one(Self::index::<S>(names[i])));
            i += 1;
        }
        set
    }

    /// The index of a field in the table of `S`, or `usize::MAX` if `S` has no such field.
    #[must_use]
    pub const fn index<S: State>(name: &str) -> usize {
        let mut i = 0;
        while i < S::FIELDS.len() {
            if same(S::FIELDS[i].name, name) {
                return i;
            }
            i += 1;
        }
        usize::MAX
    }

    /// Every field of `S`.
    #[must_use]
    pub const fn all<S: State>() -> Self {
        let mut set = Self::EMPTY;
        let mut i = 0;
        while i < S::FIELDS.len() {
            set = set.union(Self::one(i));
            i += 1;
        }
        set
    }

    /// The fields of `S` that have no value until they are written.
    #[must_use]
    pub const fn late<S: State>() -> Self {
        let mut set = Self::EMPTY;
        let mut i = 0;
        while i < S::FIELDS.len() {
            if S::FIELDS[i].late {
                set = set.union(Self::one(i));
            }
            i += 1;
        }
        set
    }

    /// The fields of either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits, poisoned: self.poisoned || other.poisoned }
    }

    /// The fields of both sets.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self { bits: self.bits & other.bits, poisoned: self.poisoned || other.poisoned }
    }

    /// The fields of this set that are not in the other.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self { bits: self.bits & !other.bits, poisoned: self.poisoned || other.poisoned }
    }

    /// Whether the field with this index is in the set.
    #[must_use]
    pub const fn contains(self, index: usize) -> bool {
        index < Self::LIMIT && self.bits & (1 << index) != 0
    }

    /// Whether the set has no field.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// How many fields the set has.
    #[must_use]
    pub const fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// Whether a name was unknown, so that the set is meaningless.
    #[must_use]
    pub const fn is_poisoned(self) -> bool {
        self.poisoned
    }

    /// The index of the first field in the set.
    #[must_use]
    pub const fn first(self) -> Option<usize> {
        if self.bits == 0 { None } else { Some(self.bits.trailing_zeros() as usize) }
    }
}

/// `==` for strings in constant evaluation.
pub(crate) const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::FieldSet;

    #[test]
    fn sets_behave_like_sets() {
        let (a, b) = (FieldSet::one(0).union(FieldSet::one(3)), FieldSet::one(3).union(FieldSet::one(127)));
        assert_eq!(a.intersection(b), FieldSet::one(3));
        assert_eq!(a.minus(b), FieldSet::one(0));
        assert_eq!(a.union(b).len(), 3);
        assert_eq!(b.first(), Some(3));
        assert!(b.contains(127) && !b.contains(128));
        assert!(FieldSet::one(128).is_poisoned() && FieldSet::POISONED.is_empty());
    }
}
