//! What running tasks report to their step, besides the parts that they stream.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::outbox::lock;
use super::pushed::Pushed;
use crate::context::TaskInfo;
use crate::graph::Graph;

/// What a running task reports to its step.
pub(crate) enum Report<G: Graph> {
    /// Its node pushed a message: written with what the node returns.
    Pushed(Pushed<G>),
    /// Its node failed for good, and the handler of its errors starts.
    HandlerStarted(TaskInfo),
}

impl<G: Graph> Report<G> {
    pub(super) fn task(&self) -> &TaskInfo {
        match self {
            Self::Pushed(pushed) => &pushed.task,
            Self::HandlerStarted(task) => task,
        }
    }
}

/// The reports that the step has not taken yet.
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
