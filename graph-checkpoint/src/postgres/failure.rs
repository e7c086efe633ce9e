//! Why a call failed.

use std::error::Error;
use std::fmt;

use deadpool_postgres::PoolError;
use graph_core::checkpoint::CheckpointError;
use tokio_postgres::error::SqlState;

/// Why a call failed.
#[derive(Debug)]
pub(super) enum Failure {
    Postgres(tokio_postgres::Error),
    Checkpoint(CheckpointError),
}

impl Failure {
    /// Whether concurrent calls were in each other's way, so that nothing was done and a second try may succeed.
    pub(super) fn is_transient(&self) -> bool {
        matches!(self.code(), Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED))
    }

    pub(super) fn is_unique_violation(&self) -> bool {
        self.code() == Some(&SqlState::UNIQUE_VIOLATION)
    }

    fn code(&self) -> Option<&SqlState> {
        match self {
            Self::Postgres(error) => error.code(),
            Self::Checkpoint(_) => None,
        }
    }
}

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Postgres(error)
    }
}

impl From<CheckpointError> for Failure {
    fn from(error: CheckpointError) -> Self {
        Self::Checkpoint(error)
    }
}

impl From<PoolError> for Failure {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => Self::Postgres(error),
            PoolError::Timeout(_) => Self::saver("no connection became free, or could be made, in time"),
            error => Self::saver(error),
        }
    }
}

impl Failure {
    pub(super) fn saver(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Checkpoint(CheckpointError::Saver(error.into()))
    }
}

impl From<Failure> for CheckpointError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Postgres(error) => Self::Saver(Box::new(WithCause(error))),
            Failure::Checkpoint(error) => error,
        }
    }
}

/// An error whose text has that of its cause: by itself, it is as short as "db error".
#[derive(Debug)]
struct WithCause(tokio_postgres::Error);

impl fmt::Display for WithCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.source() {
            Some(cause) => write!(f, "{}: {cause}", self.0),
            None => self.0.fmt(f),
        }
    }
}

impl Error for WithCause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}
