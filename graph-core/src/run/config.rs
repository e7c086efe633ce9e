//! The limits and labels of a run.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::cache::NodeCache;

/// How many super-steps a run may take where nobody says otherwise: about LangGraph's own default of today.
const RECURSION_LIMIT: usize = 10_000;

/// The limits and labels of a run.
#[derive(Clone)]
pub(crate) struct Config {
    pub recursion_limit: usize,
    pub max_concurrency: usize,
    pub isolate: bool,
    pub parallel: bool,
    pub deadline: Option<Duration>,
    pub cache: Option<Arc<dyn NodeCache>>,
    pub tags: Arc<[String]>,
    pub metadata: Arc<Map<String, Value>>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            recursion_limit: RECURSION_LIMIT,
            max_concurrency: usize::MAX,
            isolate: false,
            parallel: false,
            deadline: None,
            cache: None,
            tags: Arc::default(),
            metadata: Arc::default(),
        }
    }
}

/// The setters of [`Config`], on everything that has one.
macro_rules! config_setters {
    () => {
        /// How many super-steps a run may take: exactly so many, on a fresh run and on a continued one. 10,000 where
        /// nobody says otherwise.
        pub fn recursion_limit(mut self, steps: usize) -> Self {
            std::sync::Arc::make_mut(&mut self.config).recursion_limit = steps;
            self
        }

        /// How many tasks of a super-step may run at the same time; at least 1. No limit where nobody sets one.
        pub fn max_concurrency(mut self, tasks: usize) -> Self {
            std::sync::Arc::make_mut(&mut self.config).max_concurrency = tasks.max(1);
            self
        }

        /// Lets a task that fails leave the others of its super-step alone, in subgraphs too: they run to their ends, and
        /// what they write is streamed; only then the run ends, with the error of the first that failed. Else the first
        /// failure stops them all.
        ///
        /// Nothing of the step is applied either way. On a thread, what the tasks wrote that had ended is kept, and a run that
        /// goes on with the thread runs only the others; a task that decided its route itself or pushed messages runs again.
        pub fn isolate(mut self) -> Self {
            std::sync::Arc::make_mut(&mut self.config).isolate = true;
            self
        }

        /// Runs each task of a super-step on a tokio task of its own, in subgraphs too, so that nodes that compute use all
        /// cores. Else the nodes of a run share one tokio task, which costs less.
        ///
        /// Results and the order of parts are the same. A run that is dropped cancels its tasks at their next `.await`.
        /// Needs tokio's runtime.
        pub fn parallel(mut self) -> Self {
            std::sync::Arc::make_mut(&mut self.config).parallel = true;
            self
        }

        /// How long a run may take, from its first poll. Needs tokio's timer.
        pub fn deadline(mut self, after: std::time::Duration) -> Self {
            std::sync::Arc::make_mut(&mut self.config).deadline = Some(after);
            self
        }

        /// Tags for the events of a run.
        pub fn tags<T: Into<String>>(mut self, tags: impl IntoIterator<Item = T>) -> Self {
            std::sync::Arc::make_mut(&mut self.config).tags = tags.into_iter().map(Into::into).collect();
            self
        }

        /// Metadata for the events and messages of a run.
        pub fn metadata(mut self, key: impl Into<String>, value: impl Into<serde_json::Value>) -> Self {
            let config = std::sync::Arc::make_mut(&mut self.config);
            std::sync::Arc::make_mut(&mut config.metadata).insert(key.into(), value.into());
            self
        }
    };
}

pub(crate) use config_setters;
