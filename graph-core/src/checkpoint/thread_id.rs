//! Which thread ids there are: the same for every saver.

use super::CheckpointError;

/// The longest thread id, in bytes of UTF-8.
pub const MAX_THREAD_ID: usize = 1024;

/// # Errors
/// [`CheckpointError::InvalidThreadId`] if it is empty, longer than [`MAX_THREAD_ID`], or has a NUL, which not every
/// database can store.
pub(super) fn check_thread_id(thread: &str) -> Result<(), CheckpointError> {
    let reason = match thread {
        "" => "it is empty",
        _ if thread.len() > MAX_THREAD_ID => "it is longer than 1,024 bytes",
        _ if thread.contains('\0') => "it has a NUL",
        _ => return Ok(()),
    };
    Err(CheckpointError::InvalidThreadId { thread: thread.chars().take(64).collect(), reason })
}
