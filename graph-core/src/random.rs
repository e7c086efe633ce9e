//! Random ids, without a system call each.

use std::cell::Cell;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// A random (version 4) id.
///
/// Its bits come from SipHash under a key that the thread got from the system. A run needs an id, and a system call for it would cost more than a whole super-step.
pub(crate) fn random_id() -> Uuid {
    uuid::Builder::from_random_bytes(random_bits().to_le_bytes()).into_uuid()
}

/// An id (version 7) that begins with the time, and is greater than every earlier one of this process.
pub(crate) fn ordered_id() -> Uuid {
    ordered_id_at(SystemTime::now())
}

/// The same, with the time that it is.
pub(crate) fn ordered_id_at(now: SystemTime) -> Uuid {
    /// Milliseconds, and a counter of 12 bits within each: a full one borrows from the next millisecond.
    static LAST: AtomicU64 = AtomicU64::new(0);
    let millis = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64);
    let next = |last: u64| (millis << 12).max(last + 1);
    let tick = next(LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(next(last))).unwrap_or(0));
    let [.., high, low] = tick.to_be_bytes();
    let mut bytes = [0; 10];
    bytes[..2].copy_from_slice(&[high & 0x0f, low]);
    bytes[2..].copy_from_slice(&(random_bits() as u64).to_ne_bytes());
    uuid::Builder::from_unix_timestamp_millis(tick >> 12, &bytes).into_uuid()
}

/// A number in `0.0..1.0`.
pub(crate) fn random_fraction() -> f64 {
    let bits = random_bits() as u32;
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}

/// The first half of the bits is random; the second counts up from a number that is random for each thread, so that no two
/// of a thread are the same.
fn random_bits() -> u128 {
    thread_local! {
        static KEY: RandomState = RandomState::new();
        static COUNT: Cell<u64> = Cell::new(KEY.with(|key| key.hash_one(0)));
    }
    let count = COUNT.with(|count| count.replace(count.get().wrapping_add(1)));
    KEY.with(|key| (u128::from(count) << 64) | u128::from(key.hash_one(count)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{ordered_id, random_fraction, random_id};

    #[test]
    fn ids_are_of_version_4_and_differ_on_every_thread() {
        let ids = || (0..1_000).map(|_| random_id()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(ids)).collect();
        let all: HashSet<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        assert_eq!(all.len(), 4_000);
        assert!(all.iter().all(|id| id.get_version_num() == 4));
    }

    #[test]
    fn ordered_ids_are_of_version_7_and_ascend_beyond_one_millisecond() {
        let ids: Vec<_> = (0..10_000).map(|_| ordered_id()).collect();
        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn fractions_spread_over_their_range() {
        let all: Vec<_> = (0..1_000).map(|_| random_fraction()).collect();
        assert!(all.iter().all(|fraction| (0.0..1.0).contains(fraction)));
        let low = all.iter().filter(|fraction| **fraction < 0.5).count();
        assert!((350..650).contains(&low), "{low} of 1,000 are below one half");
    }
}
