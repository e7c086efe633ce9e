//! The time limits of a response.
use std::time::Duration;

use graph_core::model::{ModelError, TimedOut};
use tokio::time::Instant;

/// The time limits of a response.
pub(super) struct Limits {
    pub(super) endpoint: String,
    pub(super) first_token: Duration,
    pub(super) first_token_deadline: Instant,
    pub(super) idle: Duration,
    /// The limit of the whole call, and its end.
    pub(super) total: Option<(Duration, Instant)>,
}

impl Limits {
    /// The earlier of the limits for the first token and for the whole call.
    pub(super) fn first_deadline(&self) -> Instant {
        self.at_most_total(self.first_token_deadline)
    }

    pub(super) fn at_most_total(&self, deadline: Instant) -> Instant {
        self.total.map_or(deadline, |(_, total)| total.min(deadline))
    }

    /// The error of the limit that has passed.
    pub(super) fn timed_out(&self, seen_token: bool) -> ModelError {
        let (what, after) = match self.total {
            Some((limit, end)) if end <= Instant::now() => (TimedOut::Total, limit),
            _ if seen_token => (TimedOut::NextToken, self.idle),
            _ => (TimedOut::FirstToken, self.first_token),
        };
        ModelError::Timeout { endpoint: self.endpoint.clone(), what, after }
    }
}
