//! What a new input does to an interrupted thread.

/// What a new input does to a thread that waits for answers: see
/// [`DurableApp::new_input`](super::DurableApp::new_input).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NewInput {
    /// It ends what was interrupted, and starts again from START with the thread's state, as in LangGraph. The tasks that
    /// waited do not run again.
    #[default]
    Abandon,
    /// It is refused, with [`Error::InterruptsWait`](crate::Error::InterruptsWait), and the thread is as it was.
    Reject,
}
