//! What follows a super-step, by the rules of the engine.

use std::collections::BTreeSet;

use super::configuration::{Configuration, Task};
use crate::{Alternative, Edge, Shape, Target};

/// The maximum number of choice combinations to try from one super-step.
const CHOICES: usize = 256;

/// The rules of a shape.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    pub shape: &'a Shape,
    /// The node whose runs are watched for a meeting.
    pub watched: Option<usize>,
}

/// What can follow a super-step.
#[derive(Default)]
pub(super) struct Followed {
    /// What the run can hold afterwards; if nothing is active, only deferred nodes may be left.
    pub after: Vec<Configuration>,
    /// Whether the run can take an exit.
    pub exits: bool,
}

/// An incomplete next configuration: what is scheduled so far, and the nodes still to follow.
#[derive(Clone)]
struct Partial {
    config: Configuration,
    /// The nodes (START as `None`) whose outgoing edges are still to follow, and whether each is marked.
    pending: Vec<(Option<usize>, bool)>,
    /// The nodes whose `for` edge had no items.
    skipped: Vec<(usize, bool)>,
    /// The skipped nodes whose outgoing edges have been followed.
    continued: Vec<usize>,
}

impl Rules<'_> {
    /// What can follow START.
    pub(super) fn begin(&self) -> Option<Followed> {
        self.follow_all(Configuration::default(), vec![(None, false)], &BTreeSet::new())
    }

    /// What can follow a super-step; joins of the barrier do not fire. `None` if there are too many choices.
    pub(super) fn follow(&self, config: &Configuration, barrier: &BTreeSet<usize>) -> Option<Followed> {
        let mut after = config.clone();
        let ran = std::mem::take(&mut after.active).into_iter().rev();
        self.follow_all(after, ran.map(|(node, task)| (Some(node), task.marked)).collect(), barrier)
    }

    fn follow_all(
        &self,
        config: Configuration,
        pending: Vec<(Option<usize>, bool)>,
        barrier: &BTreeSet<usize>,
    ) -> Option<Followed> {
        let limit = CHOICES * pending.len().max(1);
        let ways = |(node, _): &(Option<usize>, bool)| self.alternatives(*node).len().max(1);
        // All but the last are tried before the first combination is complete.
        let all = pending.iter().map(ways).fold(1, usize::saturating_mul);
        if all / pending.first().map_or(1, ways) > limit {
            return None;
        }
        let mut open = vec![Partial { config, pending, skipped: Vec::new(), continued: Vec::new() }];
        let (mut followed, mut tried) = (Followed::default(), 0);
        let mut known = BTreeSet::new();
        while let Some(mut partial) = open.pop() {
            if let Some(from) = partial.pending.pop() {
                tried += 1;
                if tried > limit {
                    return None;
                }
                followed.exits |= self.follow_edges(&partial, from, barrier, &mut open);
            } else if let Some((node, mut marked)) = partial.skipped.pop() {
                // Like the engine: only if no other edge sent tasks to that node, and only once.
                let sent = partial.config.active.get(&node).is_some_and(|task| task.many);
                if !sent && !partial.continued.contains(&node) {
                    marked |= partial.skipped.contains(&(node, true));
                    partial.continued.push(node);
                    partial.pending.push((Some(node), marked));
                }
                open.push(partial);
            } else if known.insert(partial.config.clone()) {
                followed.after.push(partial.config);
            }
        }
        Some(followed)
    }

    fn alternatives(&self, from: Option<usize>) -> &[Alternative] {
        from.map_or(&self.shape.start, |node| &self.shape.nodes[node])
    }

    /// Follows the outgoing edges of one node: one partial step for each choice. Returns whether it can take an exit.
    fn follow_edges(
        &self,
        partial: &Partial,
        (from, marked): (Option<usize>, bool),
        barrier: &BTreeSet<usize>,
        open: &mut Vec<Partial>,
    ) -> bool {
        let mut partial = partial.clone();
        if let Some(node) = from {
            for (index, join) in self.shape.joins.iter().enumerate() {
                if join.sources.contains(&node) {
                    *partial.config.arrived.entry((index, node)).or_default() |= marked;
                    if !barrier.contains(&index) {
                        self.fire(&mut partial.config, index);
                    }
                }
            }
        }
        let alternatives = self.alternatives(from);
        if alternatives.is_empty() {
            open.push(partial);
            return false;
        }
        let edge = from.map_or(Edge::Start, Edge::Node);
        for Alternative { targets, .. } in alternatives.iter().filter(|alternative| !alternative.exit) {
            let mut choices = vec![partial.clone()];
            for Target { node, each } in targets {
                let mut none = if *each { choices.clone() } else { Vec::new() };
                none.iter_mut().for_each(|choice| choice.skipped.push((*node, marked)));
                let task = Task { many: *each, marked };
                choices.iter_mut().for_each(|choice| choice.config.schedule(self, *node, task, edge));
                choices.append(&mut none);
            }
            open.append(&mut choices);
        }
        // An exit ends the run whatever else is scheduled, so no join starves.
        alternatives.iter().any(|alternative| alternative.exit)
    }

    /// Fires and resets a join if all of its sources have arrived.
    pub(super) fn fire(&self, config: &mut Configuration, index: usize) {
        let join = &self.shape.joins[index];
        if join.sources.iter().all(|source| config.arrived.contains_key(&(index, *source))) {
            let arrivals = join.sources.iter().filter_map(|source| config.arrived.remove(&(index, *source)));
            let task = Task { many: false, marked: arrivals.fold(false, |any, marked| any | marked) };
            join.targets.iter().for_each(|target| config.schedule(self, *target, task, Edge::Join(index)));
        }
    }
}
