//! Why a call failed.

use std::error::Error;
use std::fmt;

use deadpool_postgres::PoolError;
use graph_core::checkpoint::CheckpointError;
use graph_core::store::StoreError;
use tokio_postgres::error::SqlState;

use crate::fault::Fault;

/// Why a call failed.
#[derive(Debug)]
pub(super) enum Failure<E = CheckpointError> {
    Postgres(tokio_postgres::Error),
    Other(E),
}

impl<E> Failure<E> {
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
            Self::Other(_) => None,
        }
    }
}

impl<E: Fault> Failure<E> {
    pub(super) fn of(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Other(E::of(error))
    }

    fn into_error(self) -> E {
        match self {
            Self::Postgres(error) => E::of(WithCause(error)),
            Self::Other(error) => error,
        }
    }
}

impl<E> From<tokio_postgres::Error> for Failure<E> {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Postgres(error)
    }
}

impl From<CheckpointError> for Failure {
    fn from(error: CheckpointError) -> Self {
        Self::Other(error)
    }
}

impl From<StoreError> for Failure<StoreError> {
    fn from(error: StoreError) -> Self {
        Self::Other(error)
    }
}

impl From<Failure> for CheckpointError {
    fn from(failure: Failure) -> Self {
        failure.into_error()
    }
}

impl From<Failure<StoreError>> for StoreError {
    fn from(failure: Failure<StoreError>) -> Self {
        failure.into_error()
    }
}

/// The pool gave no connection.
#[derive(Debug)]
pub(super) struct NoConnection(pub(super) PoolError);

impl<E: Fault> From<NoConnection> for Failure<E> {
    fn from(NoConnection(error): NoConnection) -> Self {
        match error {
            PoolError::Backend(error) => Self::Postgres(error),
            PoolError::Timeout(_) => Self::of("no connection became free, or could be made, in time"),
            error => Self::of(error),
        }
    }
}

impl From<NoConnection> for CheckpointError {
    fn from(error: NoConnection) -> Self {
        Failure::from(error).into_error()
    }
}

impl From<NoConnection> for StoreError {
    fn from(error: NoConnection) -> Self {
        Failure::from(error).into_error()
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
