//! A set of a graph's nodes, by index.

/// A set of nodes, by index. Up to 64 nodes need no allocation.
pub(super) struct NodeSet {
    first: u64,
    /// The nodes from 64 on.
    rest: Vec<u64>,
}

impl NodeSet {
    pub(super) fn new() -> Self {
        Self { first: 0, rest: Vec::new() }
    }

    #[inline]
    pub(super) fn insert(&mut self, node: usize) {
        *self.word(node) |= 1 << (node % 64);
    }

    /// Inserts a node; `false` if the set has it already.
    #[inline]
    pub(super) fn add(&mut self, node: usize) -> bool {
        let (word, bit) = (self.word(node), 1 << (node % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    /// Takes the node if it is the only one among the first 64.
    #[inline]
    pub(super) fn take_only_one(&mut self) -> Option<usize> {
        let is_one = self.first.is_power_of_two() && self.rest.is_empty();
        is_one.then(|| std::mem::take(&mut self.first).trailing_zeros() as usize)
    }

    pub(super) fn clear(&mut self) {
        self.first = 0;
        self.rest.fill(0);
    }

    /// The nodes in ascending order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        let words = std::iter::once(self.first).chain(self.rest.iter().copied()).enumerate();
        words.flat_map(|(word, bits)| ones(bits).map(move |bit| 64 * word + bit))
    }

    /// Takes all nodes, in ascending order.
    #[inline]
    pub(super) fn drain(&mut self, mut take: impl FnMut(usize)) {
        let words = std::iter::once(&mut self.first).chain(&mut self.rest).enumerate();
        for (word, bits) in words {
            let mut bits = std::mem::take(bits);
            while bits != 0 {
                take(64 * word + bits.trailing_zeros() as usize);
                bits &= bits - 1;
            }
        }
    }

    #[inline]
    fn word(&mut self, node: usize) -> &mut u64 {
        match (node / 64).checked_sub(1) {
            None => &mut self.first,
            Some(word) => {
                if self.rest.len() <= word {
                    self.rest.resize(word + 1, 0);
                }
                &mut self.rest[word]
            }
        }
    }
}

/// The positions of a word's ones.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::NodeSet;

    #[test]
    fn nodes_come_in_order_and_once() {
        let mut set = NodeSet::new();
        [130, 0, 63, 64, 0, 7].into_iter().for_each(|node| set.insert(node));
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 7, 63, 64, 130]);
        assert_eq!(set.take_only_one(), None);
        let mut taken = Vec::new();
        set.drain(|node| taken.push(node));
        assert_eq!(taken, [0, 7, 63, 64, 130]);
        assert_eq!(set.iter().count(), 0);
        let mut one = NodeSet::new();
        one.insert(5);
        assert_eq!((one.take_only_one(), one.take_only_one()), (Some(5), None));
        assert!(set.add(70) && !set.add(70));
        set.insert(200);
        set.clear();
        assert_eq!(set.iter().count(), 0);
    }
}
