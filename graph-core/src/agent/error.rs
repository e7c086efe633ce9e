//! Errors of the agent.

/// The model was called as often as it may be for one message of the user, and still calls tools: see
/// [`Agent::max_model_calls`](super::Agent::max_model_calls).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the agent has called its model {limit} times without an answer, which is its limit")]
pub struct ModelCallLimit {
    /// The limit.
    pub limit: usize,
}
