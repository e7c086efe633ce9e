//! Values as PostgreSQL has them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A time between 1970 and the year 9999, which every client shows.
pub(super) fn timestamp(at: SystemTime) -> SystemTime {
    const YEAR_9999: Duration = Duration::from_hours(70_380_768);
    at.clamp(UNIX_EPOCH, UNIX_EPOCH.checked_add(YEAR_9999).unwrap_or(at))
}

/// A `LIMIT`: null is none.
pub(super) fn limit(limit: Option<usize>) -> Option<i64> {
    limit.map(|limit| i64::try_from(limit).unwrap_or(i64::MAX))
}

/// Milliseconds; 1,000 years for more.
pub(super) fn milliseconds(time: Duration) -> i64 {
    const LONGEST: i64 = 1_000 * 365 * 24 * 60 * 60 * 1_000;
    i64::try_from(time.as_millis()).map_or(LONGEST, |time| time.min(LONGEST))
}
