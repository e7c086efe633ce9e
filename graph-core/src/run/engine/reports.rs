//! Reports of running tasks to their step.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use super::outbox::lock;
use super::pushed::Pushed;
use crate::checkpoint::Remembered;
use crate::context::TaskInfo;
use crate::graph::Graph;

/// A report of a running task to its step.
pub(crate) enum Report<G: Graph> {
    /// Its node pushed a message.
    Pushed(Pushed<G>),
    /// Its node failed after the last attempt, and its error handler starts.
    HandlerStarted(TaskInfo),
    /// It asked, and ends without a result.
    Asked(TaskInfo, Vec<Arc<Remembered>>),
}

impl<G: Graph> Report<G> {
    pub(super) fn task(&self) -> &TaskInfo {
        match self {
            Self::Pushed(pushed) => &pushed.task,
            Self::HandlerStarted(task) | Self::Asked(task, _) => task,
        }
    }
}

/// The reports not taken by the step yet.
pub(crate) struct Reports<G: Graph> {
    reports: Mutex<Vec<Report<G>>>,
    has_any: AtomicBool,
}

impl<G: Graph> Reports<G> {
    pub(super) fn new() -> Self {
        Self { reports: Mutex::new(Vec::new()), has_any: AtomicBool::new(false) }
    }

    pub(crate) fn push(&self, report: Report<G>) {
        let mut reports = lock(&self.reports);
        reports.push(report);
        self.has_any.store(true, Ordering::Release);
    }

    #[inline]
    pub(super) fn has_any(&self) -> bool {
        self.has_any.load(Ordering::Acquire)
    }

    #[cold]
    pub(super) fn take(&self) -> Vec<Report<G>> {
        let mut reports = lock(&self.reports);
        self.has_any.store(false, Ordering::Release);
        std::mem::take(&mut *reports)
    }
}
