//! The limits and labels of a run.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::cache::NodeCache;
use crate::store::Store;

/// The default recursion limit: about that of LangGraph.
const RECURSION_LIMIT: usize = 10_000;

/// The default nesting limit. Nested runs are polled inside each other: in a debug build, 64 of them fit twice into
/// the stack of 2 MiB that a thread of tokio has.
const NESTING_LIMIT: usize = 64;

/// The limits and labels of a run.
#[derive(Clone)]
pub(crate) struct Config {
    pub recursion_limit: usize,
    pub nesting_limit: usize,
    pub max_concurrency: usize,
    pub isolate: bool,
    pub parallel: bool,
    pub deadline: Option<Duration>,
    pub cache: Option<Arc<dyn NodeCache>>,
    pub store: Option<Store>,
    pub tags: Arc<[String]>,
    pub metadata: Arc<Map<String, Value>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            recursion_limit: RECURSION_LIMIT,
            nesting_limit: NESTING_LIMIT,
            max_concurrency: usize::MAX,
            isolate: false,
            parallel: false,
            deadline: None,
            cache: None,
            store: None,
            tags: Arc::default(),
            metadata: Arc::default(),
        }
    }
}

/// The setters of [`Config`], for types with a method `configure`: `App`, `DurableApp` and `Run`.
macro_rules! config_setters {
    () => {
        /// The maximum number of super-steps of a run, the same for a fresh run and a continued one. Default: 10,000.
        pub fn recursion_limit(mut self, steps: usize) -> Self {
            self.configure(|config| config.recursion_limit = steps);
            self
        }

        /// The maximum number of runs inside each other, below this one: of subgraphs, and of runs that are
        /// [attached](crate::run::Run::as_child_of) to a node. One more is an
        /// [`Error::NestingLimit`](crate::Error::NestingLimit). Default: 64.
        ///
        /// It protects from an overflow of the stack, which aborts the process: a nested run is polled inside its
        /// parent's poll, so a graph that contains itself needs more of the stack with each level. Raise it only where
        /// the stack is larger than a thread of tokio has (2 MiB; `thread_stack_size` of its `Builder`), or with
        /// [`parallel`](crate::run::Run::parallel), which gives each task a stack of its own.
        pub fn nesting_limit(mut self, runs: usize) -> Self {
            self.configure(|config| config.nesting_limit = runs);
            self
        }

        /// The maximum number of tasks of a super-step that run at the same time; at least 1. Default: no limit.
        pub fn max_concurrency(mut self, tasks: usize) -> Self {
            self.configure(|config| config.max_concurrency = tasks.max(1));
            self
        }

        /// Isolates failures, in subgraphs too: if a task fails, the other tasks of its super-step run to completion
        /// and their updates are streamed; then the run ends with the first failure. Without it, the first failure
        /// cancels the other tasks.
        ///
        /// Either way, nothing of the step is applied. On a thread, the updates of finished tasks are saved, and a
        /// continued run runs only the other tasks; a task with its own route or with pushed messages runs again.
        pub fn isolate(mut self) -> Self {
            self.configure(|config| config.isolate = true);
            self
        }

        /// Runs each task of a super-step as a tokio task, in subgraphs too, so that nodes that compute use all cores.
        /// Without it, all nodes of a run share one tokio task, which costs less.
        ///
        /// Results and the order of parts are the same. Dropping the run cancels its tasks at their next `.await`.
        /// Needs a tokio runtime.
        pub fn parallel(mut self) -> Self {
            self.configure(|config| config.parallel = true);
            self
        }

        /// The maximum duration of a run, from its first poll; a write to the saver that is in flight is finished first.
        /// Needs tokio's timer.
        pub fn deadline(mut self, after: std::time::Duration) -> Self {
            self.configure(|config| config.deadline = Some(after));
            self
        }

        /// Tags of the run's events.
        pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
            self.configure(|config| config.tags = tags.into_iter().map(Into::into).collect());
            self
        }

        /// Metadata of the run's events and messages.
        pub fn metadata(mut self, key: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
            self.configure(|config| {
                std::sync::Arc::make_mut(&mut config.metadata).insert(key.into(), value.into());
            });
            self
        }
    };
}

pub(crate) use config_setters;
