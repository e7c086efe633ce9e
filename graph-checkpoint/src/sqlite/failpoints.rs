//! Ends the process before or after a statement, for tests: each statement, `BEGIN` and `COMMIT` included, is two points.
//!
//! `GRAPH_FAILPOINT` is the number of the point at which the process is aborted, from 0 on. `GRAPH_FAILPOINT_LOG` is a file to
//! which the statements are written that have been reached, one a line.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

static REACHED: AtomicU64 = AtomicU64::new(0);

pub(super) fn watch(connection: &mut Connection) -> rusqlite::Result<()> {
    let last = std::env::var("GRAPH_FAILPOINT").ok().and_then(|number| number.parse().ok());
    let log = std::env::var_os("GRAPH_FAILPOINT_LOG");
    if last.is_none() && log.is_none() {
        return Ok(());
    }
    let reached = move |event: TraceEvent<'_>| {
        let (TraceEvent::Stmt(statement, _) | TraceEvent::Profile(statement, _)) = event else { return };
        if REACHED.fetch_add(1, Ordering::SeqCst) == last.unwrap_or(u64::MAX) {
            std::process::abort();
        }
        if let Some(log) = &log {
            let line = format!("{}\n", statement.sql().replace('\n', " "));
            let file = OpenOptions::new().create(true).append(true).open(log);
            // Nobody reads what cannot be written: the test sees that the statement is not there.
            _ = file.and_then(|mut file| file.write_all(line.as_bytes()));
        }
    };
    connection.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT | TraceEventCodes::SQLITE_TRACE_PROFILE, Some(reached))
}
