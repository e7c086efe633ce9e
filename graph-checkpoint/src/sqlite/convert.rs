//! Values as SQLite has them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::Row;
use uuid::Uuid;

/// Microseconds since 1970; 0 for an earlier time.
pub(super) fn microseconds(at: SystemTime) -> i64 {
    at.duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_micros()).ok()).unwrap_or(0)
}

pub(super) fn time(microseconds: i64) -> SystemTime {
    let since = Duration::from_micros(u64::try_from(microseconds).unwrap_or(0));
    UNIX_EPOCH.checked_add(since).unwrap_or(UNIX_EPOCH)
}

/// A `LIMIT`: -1 is none.
pub(super) fn limit(limit: Option<usize>) -> i64 {
    limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX))
}

/// The id in a column.
pub(super) fn id(row: &Row<'_>, column: &str) -> rusqlite::Result<Uuid> {
    Ok(Uuid::from_bytes(row.get(column)?))
}

/// The id in a column that may be null.
pub(super) fn optional_id(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Uuid>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Uuid::from_bytes))
}
