//! What a run holds between two super-steps.

use std::collections::{BTreeMap, BTreeSet};

use super::Rules;
use crate::Edge;

/// A node that runs next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Task {
    /// Whether it has several tasks.
    pub many: bool,
    /// Whether it descends from the watched node's first run.
    pub marked: bool,
}

/// The nodes that run next, and all that waits.
///
/// While a node is watched (see `meetings`), everything is marked that descends from one of its runs.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Configuration {
    pub active: BTreeMap<usize, Task>,
    /// The sources that have arrived at joins since these last fired, as (join, source), and whether each is marked.
    pub arrived: BTreeMap<(usize, usize), bool>,
    /// The deferred nodes that wait to run, and whether each is marked.
    pub deferred: BTreeMap<usize, bool>,
    /// The arms of routers, as (node, arm), that were taken in the last super-step.
    pub taken: BTreeSet<(usize, usize)>,
    /// The edges that led to the watched node since it last ran.
    pub led: BTreeSet<Edge>,
    /// The edges that led to the watched node's marked run.
    pub first: Option<BTreeSet<Edge>>,
}

impl Configuration {
    /// Schedules a node to run next, or defers it.
    pub(super) fn schedule(&mut self, rules: &Rules<'_>, node: usize, task: Task, edge: Edge) {
        if rules.watched == Some(node) {
            self.led.insert(edge);
        }
        if rules.shape.defers(node) {
            *self.deferred.entry(node).or_default() |= task.marked;
        } else {
            let known = self.active.entry(node).or_default();
            known.many |= task.many;
            known.marked |= task.marked;
        }
    }

    /// Runs the deferred nodes, if nothing else is left to run. Returns whether anything runs.
    pub(super) fn run_deferred(&mut self) -> bool {
        if self.active.is_empty() {
            let deferred = std::mem::take(&mut self.deferred).into_iter();
            self.active = deferred.map(|(node, marked)| (node, Task { many: false, marked })).collect();
        }
        !self.active.is_empty()
    }

    /// Adds what another branch of the same run holds.
    pub(super) fn add(&mut self, other: &Self) {
        for (node, task) in &other.active {
            let known = self.active.entry(*node).or_default();
            known.many |= task.many;
            known.marked |= task.marked;
        }
        for (arrival, marked) in &other.arrived {
            *self.arrived.entry(*arrival).or_default() |= marked;
        }
        for (node, marked) in &other.deferred {
            *self.deferred.entry(*node).or_default() |= marked;
        }
        self.taken.extend(&other.taken);
        self.led.extend(&other.led);
        if self.first.is_none() {
            self.first.clone_from(&other.first);
        }
    }

    /// Whether all that another branch holds is part of this.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let mut both = self.clone();
        both.add(other);
        both == *self
    }

    /// Whether a source has arrived at one of these joins.
    pub(super) fn waits_at(&self, joins: &BTreeSet<usize>) -> bool {
        self.arrived.keys().any(|(join, _)| joins.contains(join))
    }

    /// The nodes that run, wait, or have arrived at a join.
    pub(super) fn nodes(&self) -> impl Iterator<Item = usize> + '_ {
        let arrived = self.arrived.keys().map(|(_, source)| source);
        self.active.keys().chain(self.deferred.keys()).chain(arrived).copied()
    }
}
