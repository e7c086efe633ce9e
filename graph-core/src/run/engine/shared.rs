//! State shared by a run's engine, nodes and stream.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex};

use uuid::Uuid;

use super::outbox::{Outbox, lock};
use super::reports::{Report, Reports};
use crate::cache::NodeCache;
use crate::context::{RunInfo, TaskId};
use crate::graph::{DepsOf, Graph};
use crate::run::{MessageContent, Mode, Pushed};

/// The ids of streamed messages, shared with child runs.
pub(crate) type StreamedIds = Arc<Mutex<HashSet<String>>>;

/// State shared by a run's engine, nodes and stream: constant facts, and what nodes send to the engine.
pub(crate) struct Shared<G: Graph> {
    pub(crate) deps: DepsOf<G>,
    pub(in crate::run) info: RunInfo,
    pub(in crate::run) modes: Mode,
    pub(crate) outbox: Outbox<G>,
    pub(in crate::run) reports: Reports<G>,
    /// Prevents a returned message from being streamed twice. `None` unless messages are streamed.
    pub(in crate::run) streamed_ids: Option<StreamedIds>,
    /// The number of child runs each task has started.
    child_calls: Mutex<BTreeMap<TaskId, u32>>,
}

impl<G: Graph> Shared<G> {
    /// `streamed_ids` are those of the parent run, if any.
    pub(crate) fn new(deps: DepsOf<G>, info: RunInfo, modes: Mode, streamed_ids: Option<StreamedIds>) -> Self {
        let streamed_ids = modes.intersects(Mode::MESSAGES).then(|| streamed_ids.unwrap_or_default());
        let (outbox, reports, child_calls) = (Outbox::new(), Reports::new(), Mutex::default());
        Self { deps, info, modes, outbox, reports, streamed_ids, child_calls }
    }

    pub(crate) fn deps(&self) -> &G::Deps {
        self.deps.get()
    }

    #[inline]
    pub(crate) fn has(&self, modes: Mode) -> bool {
        self.modes.intersects(modes)
    }

    pub(in crate::run) fn cache(&self) -> Option<&Arc<dyn NodeCache>> {
        self.info.config.cache.as_ref()
    }

    pub(crate) fn run_id(&self) -> Uuid {
        self.info.run_id
    }

    /// Marks a message as streamed; `false` if it was already.
    pub(in crate::run) fn mark_streamed(&self, message_id: &str) -> bool {
        self.streamed_ids.as_ref().is_some_and(|ids| lock(ids).insert(message_id.to_owned()))
    }

    /// A node pushes a message: streamed at once, written when its task has ended.
    pub(crate) fn push_message(&self, pushed: Pushed<G>) {
        if self.has(Mode::MESSAGES) {
            self.mark_streamed(pushed.message.id());
            self.outbox.push(self.message(&pushed.task, None, MessageContent::Whole(pushed.message.clone())));
        }
        self.reports.push(Report::Pushed(pushed));
    }

    /// The number of child runs that a task has started before.
    pub(super) fn next_call(&self, task: TaskId) -> u32 {
        let mut calls = lock(&self.child_calls);
        let count = calls.entry(task).or_insert(0);
        *count += 1;
        *count - 1
    }
}
