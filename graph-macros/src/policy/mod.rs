//! The policies of a node: `#[node(retry(..), timeout(..), cache(..), blocking, on_error = ..)]`, and `defaults(..)` in `graph!`.
mod expand;
pub(crate) mod parse;

use syn::{Expr, Ident, Path};

pub(crate) use self::expand::duration;
use crate::source::Code;

/// What happens to a node that fails or takes too long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    /// The fields that are given; the others have their defaults.
    pub retry: Option<Vec<RetryField>>,
    pub timeout: Timeout,
    pub cache: Option<Cache>,
    /// Whether it runs on tokio's blocking pool.
    pub blocking: bool,
    /// The node that handles its errors.
    pub on_error: Option<Code<Path>>,
}

/// `max_attempts = 3`, `initial = "500ms"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RetryField {
    pub key: Ident,
    pub value: RetryValue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RetryValue {
    Millis(u64),
    Expr(Code<Expr>),
}

/// `timeout(run = "10m", idle = "10s")`, in milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Timeout {
    pub run: Option<u64>,
    pub idle: Option<u64>,
}

/// `cache(ttl = "5m", key = |state| ..)`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cache {
    /// In milliseconds.
    pub ttl: Option<u64>,
    pub key: Option<Code<Expr>>,
}
