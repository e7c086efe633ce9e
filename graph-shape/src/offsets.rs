//! When something happens, in super-steps since branches have parted: a set of numbers, in one word.

/// A set of distances. Up to [`KNOWN`](Self::KNOWN) each is kept as it is; of greater ones only the remainder by
/// [`PERIOD`](Self::PERIOD), so that loops of one to four and of six steps keep their rhythm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offsets(pub(crate) u64);

impl Offsets {
    const PERIOD: u32 = 12;
    const KNOWN: u32 = u64::BITS - Self::PERIOD;
    /// Only 0.
    pub(crate) const ZERO: Self = Self(1);
    /// Only 1.
    pub(crate) const ONE: Self = Self(2);

    /// The bit of a distance.
    fn bit(distance: u32) -> u64 {
        let late = |by: u32| Self::KNOWN + by % Self::PERIOD;
        1 << if distance < Self::KNOWN { distance } else { late(distance - Self::KNOWN) }
    }

    fn distances(self) -> impl Iterator<Item = u32> {
        (0..u64::BITS).filter(move |distance| self.0 >> distance & 1 == 1)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Each distance after each delay. A bit stands for its least distance: a greater one has the same remainder.
    pub(crate) fn after(self, delay: Self) -> Self {
        let sums = self.distances().flat_map(|one| delay.distances().map(move |other| Self::bit(one + other)));
        Self(sums.fold(0, |bits, bit| bits | bit))
    }

    /// When the last of several has happened, if they happen independently.
    pub(crate) fn last_of(all: &[Self]) -> Self {
        let earliest = all.iter().filter_map(|one| one.distances().next()).max().unwrap_or(0);
        let any = all.iter().fold(Self::default(), |any, one| any.or(*one));
        // Of a late one, only the remainder is known.
        let possible = any.distances().filter(|distance| *distance >= earliest.min(Self::KNOWN));
        Self(possible.fold(0, |bits, distance| bits | 1 << distance))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(distances: &[u32]) -> Offsets {
        Offsets(distances.iter().fold(0, |bits, distance| bits | Offsets::bit(*distance)))
    }

    #[test]
    fn delays_add_up_and_late_ones_keep_their_remainder() {
        assert_eq!(of(&[0, 3]).after(of(&[1, 2])), of(&[1, 2, 4, 5]));
        for (a, b) in [(51, 1), (60, 0), (60, 7), (70, 70), (5, 100), (1000, 1000)] {
            assert_eq!(of(&[a]).after(of(&[b])), of(&[a + b]), "{a} and {b}");
        }
        assert_eq!(of(&[100]).0 & of(&[101]).0, 0);
    }

    #[test]
    fn the_last_of_several_is_no_earlier_than_the_first_of_each() {
        assert_eq!(Offsets::last_of(&[of(&[1, 3]), of(&[2])]), of(&[2, 3]));
        assert_eq!(Offsets::last_of(&[of(&[1]), of(&[60])]), of(&[60]));
    }
}
