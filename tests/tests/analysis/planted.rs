//! Planted bugs, which the tests have to find.

/// The most batches of random graphs to look for a bug in. One batch has none of the graphs that show the rarer bugs
/// once in ten or twenty times.
const BATCHES: usize = 10;

/// Whether a batch of random graphs shows the bug: `hold` takes one, and fails where the bug shows.
pub(crate) fn is_found<T>(hold: impl Fn() -> Result<T, String>) -> bool {
    (0..BATCHES).any(|_| hold().is_err())
}
