//! Every keyword of the macros: attribute keys, items of `graph!`, names with a fixed meaning.

pub(crate) const CRATE: &str = "crate";

// #[state(..)]
pub(crate) const STATE: &str = "state";
pub(crate) const INPUT: &str = "input";
pub(crate) const OUTPUT: &str = "output";
pub(crate) const REDUCE: &str = "reduce";
pub(crate) const VERSION: &str = "version";
pub(crate) const MIGRATE: &str = "migrate";
pub(crate) const PARENT: &str = "parent";
pub(crate) const SHARED: &str = "shared";
pub(crate) const MANAGED: &str = "managed";
pub(crate) const UNTRACKED: &str = "untracked";
pub(crate) const COMBINE: &str = "combine";
pub(crate) const LATE: &str = "Late";
pub(crate) const OVERWRITE: &str = "Overwrite";

// #[update(..)]
pub(crate) const UPDATE: &str = "update";
pub(crate) const MAYBE: &str = "maybe";
pub(crate) const REPLACE: &str = "replace";

// #[interrupt(..)]
pub(crate) const RESUME: &str = "resume";

// #[node]
pub(crate) const CONTEXT: &str = "Context";
pub(crate) const RETRY: &str = "retry";
pub(crate) const TIMEOUT: &str = "timeout";
pub(crate) const BLOCKING: &str = "blocking";
pub(crate) const CACHE: &str = "cache";
pub(crate) const ON_ERROR: &str = "on_error";
pub(crate) const RUN_CONTEXT: &str = "RunContext";

// graph!
pub(crate) const START: &str = "START";
pub(crate) const END: &str = "END";
pub(crate) const CALLS: &str = "calls";
pub(crate) const CUSTOM: &str = "custom";
/// The item that declares what a run is given.
pub(crate) const RUN_CONTEXT_ITEM: &str = "context";
/// The item that declares long-term memory.
pub(crate) const STORE: &str = "store";
pub(crate) const DEFAULTS: &str = "defaults";
/// `#[node]` knows it too, to report that it belongs in `graph!`.
pub(crate) const DEFER: &str = "defer";
pub(crate) const EACH: &str = "each";
pub(crate) const PER_THREAD: &str = "per_thread";
pub(crate) const UNSAVED: &str = "unsaved";
pub(crate) const INTERRUPT: &str = "interrupt";
pub(crate) const TASK: &str = "task";

// #[workflow(..)]
pub(crate) const TASKS: &str = "tasks";
pub(crate) const INTERRUPTS: &str = "interrupts";
pub(crate) const DEPS: &str = "deps";
pub(crate) const PREVIOUS: &str = "previous";
/// The field of its state that its result is in.
pub(crate) const RESULT: &str = "result";

// #[tool(..)]
pub(crate) const NAME: &str = "name";
pub(crate) const STRICT: &str = "strict";
pub(crate) const EXTERNAL: &str = "external";
/// Marks the parameters that the model never sees.
pub(crate) const INJECT: &str = "inject";

// graph!
pub(crate) const EXIT: &str = "exit";

/// The keyword that a name misspells: `end`, `__end__`, `Start`.
pub(crate) fn misspelled_in(name: &str) -> Option<&'static str> {
    [START, END].into_iter().find(|word| name.trim_matches('_').eq_ignore_ascii_case(word))
}
