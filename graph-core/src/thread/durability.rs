//! When a run on a thread is saved.

/// When a run on a thread is saved, and so what a crash of its process can cost. LangGraph has the same three.
///
/// Set by [`DurableApp::durability`](super::DurableApp::durability) for all runs, or by
/// [`Run::durability`](crate::run::Run::durability) for one.
///
/// Whichever it is: a node whose step was not saved runs again, a [`step`](crate::context::RunContext::step) of `Sync` and
/// `Async` is saved before its node goes on, and a run that ends, by itself or with an error, has saved all of it. A run that
/// is dropped in the middle has saved what a crash would have left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Durability {
    /// Each super-step before the next one begins. A crash costs the step that is running, except for its finished tasks.
    #[default]
    Sync,
    /// Each super-step while the next one runs. A crash can cost one more step; its nodes run again.
    Async,
    /// The input at once, the rest when the run ends, as one checkpoint. A crash costs all progress of the run, its remembered
    /// steps and its history; its input is kept, so that [`continue_run`](super::Thread::continue_run) runs it from its
    /// beginning.
    Exit,
}
