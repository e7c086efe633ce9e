//! When the whole state is saved, and not only what was written.

use crate::checkpoint::StepRecord;

/// The fewest checkpoints between two snapshots.
const AT_LEAST: usize = 32;

/// What a checkpoint costs besides its updates, in bytes: ids, times, the next tasks, a database's row. It bounds the number
/// of checkpoints from which a large state with small updates is loaded.
const OVERHEAD: usize = 256;

/// What has been saved since the last snapshot.
///
/// A snapshot is due once the updates since the last one are twice as large as that was. So the snapshots of a state that
/// grows are taken as it trebles, and all of them together cost at most about one and a half times what was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SinceSnapshot {
    /// The number of checkpoints.
    steps: usize,
    /// Their bytes.
    bytes: usize,
    /// The bytes of the snapshot.
    snapshot: usize,
}

impl SinceSnapshot {
    /// The next checkpoint is a snapshot: as in a thread without one.
    pub(crate) const DUE: Self = Self { steps: AT_LEAST, bytes: 0, snapshot: 0 };

    /// Whether this checkpoint is to be a snapshot.
    pub(super) fn is_due(&self, step: &StepRecord) -> bool {
        self.steps + 1 >= AT_LEAST && self.bytes + written(step) >= 2 * self.snapshot
    }

    /// A checkpoint was saved.
    pub(super) fn saved(&mut self, step: &StepRecord) {
        match &step.snapshot {
            Some(snapshot) => *self = Self { steps: 0, bytes: 0, snapshot: snapshot.len() },
            None => {
                self.steps += 1;
                self.bytes += written(step);
            }
        }
    }
}

/// The bytes of a checkpoint without a snapshot.
fn written(step: &StepRecord) -> usize {
    step.writes.iter().map(|write| write.update.len()).sum::<usize>() + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::{AT_LEAST, OVERHEAD, SinceSnapshot};
    use crate::checkpoint::{RecordedUpdate, Source, StepRecord};

    /// The checkpoints that are snapshots, and the bytes of all snapshots: each checkpoint writes `update` bytes, and the
    /// state begins with `state` bytes and grows by `growth` with each.
    fn taken(checkpoints: usize, update: usize, state: usize, growth: usize) -> (Vec<usize>, usize) {
        let (mut since, mut whole, mut bytes) = (SinceSnapshot::DUE, Vec::new(), 0);
        for number in 0..checkpoints {
            let mut step = StepRecord::new(None, number as i64, Source::Loop);
            step.writes = vec![RecordedUpdate { node: None, update: vec![0; update] }];
            if since.is_due(&step) {
                step.snapshot = Some(vec![0; state + number * growth]);
                whole.push(number);
                bytes += state + number * growth;
            }
            since.saved(&step);
        }
        (whole, bytes)
    }

    #[test]
    fn a_small_state_has_one_every_so_many_checkpoints() {
        assert_eq!(taken(100, 10, 10, 0).0, [0, AT_LEAST, 2 * AT_LEAST, 3 * AT_LEAST]);
    }

    #[test]
    fn a_state_that_grows_has_one_as_it_trebles() {
        let (whole, bytes) = taken(10_000, 1_000, 0, 1_000);
        assert!(whole.len() < 10, "{whole:?}");
        assert!(2 * bytes <= 3 * 10_000 * (1_000 + OVERHEAD), "{bytes}");
    }

    #[test]
    fn a_large_state_is_loaded_from_a_bounded_number_of_checkpoints() {
        let (whole, _) = taken(10_000, 1, 1_000_000, 0);
        assert_eq!(whole, [0, 7_783]);
    }
}
