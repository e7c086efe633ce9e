//! What follows a super-step, by the rules of the engine.

use std::collections::BTreeSet;

use super::configuration::{Configuration, Task};
use crate::{Alternative, Edge, End, Shape, Target};

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
    /// The exits that the run can take.
    pub exits: Vec<End>,
}

/// An incomplete next configuration: what is scheduled so far, and the nodes still to follow.
#[derive(Clone)]
struct Partial {
    config: Configuration,
    /// The nodes whose outgoing edges are still to follow.
    pending: Vec<Pending>,
    /// The nodes whose `for` edge had no items.
    skipped: Vec<(usize, bool)>,
    /// The skipped nodes whose outgoing edges have been followed.
    continued: Vec<usize>,
    /// Whether it takes an exit: what is scheduled does not run.
    exits: bool,
}

impl Partial {
    /// The run takes an exit. What the nodes that are still to follow choose makes no difference.
    fn end(&self, exit: usize) -> End {
        End { exit: Some(exit), taken: self.config.taken.iter().copied().collect() }
    }
}

/// A node whose outgoing edges are still to follow.
#[derive(Clone, Copy)]
struct Pending {
    /// The node; `None` for START.
    node: Option<usize>,
    marked: bool,
    /// Whether it ran. If not, a `for` edge had no items for it.
    ran: bool,
}

impl Rules<'_> {
    /// What can follow START.
    pub(super) fn begin(&self) -> Option<Followed> {
        self.follow_all(
            Configuration::default(),
            vec![Pending { node: None, marked: false, ran: false }],
            &BTreeSet::new(),
        )
    }

    /// What can follow a super-step; joins of the barrier do not fire. `None` if there are too many choices.
    pub(super) fn follow(&self, config: &Configuration, barrier: &BTreeSet<usize>) -> Option<Followed> {
        let mut after = config.clone();
        after.taken.clear();
        let ran = std::mem::take(&mut after.active).into_iter().rev();
        let pending = ran.map(|(node, task)| Pending { node: Some(node), marked: task.marked, ran: true });
        self.follow_all(after, pending.collect(), barrier)
    }

    fn follow_all(&self, config: Configuration, pending: Vec<Pending>, barrier: &BTreeSet<usize>) -> Option<Followed> {
        let limit = CHOICES * pending.len().max(1);
        let ways = |from: &Pending| self.alternatives(from.node).len().max(1);
        // All but the last are tried before the first combination is complete.
        let all = pending.iter().map(ways).fold(1, usize::saturating_mul);
        if all / pending.first().map_or(1, ways) > limit {
            return None;
        }
        let mut open = vec![Partial { config, pending, skipped: Vec::new(), continued: Vec::new(), exits: false }];
        let (mut followed, mut tried) = (Followed::default(), 0);
        let mut known = BTreeSet::new();
        while let Some(mut partial) = open.pop() {
            if let Some(from) = partial.pending.pop() {
                tried += 1;
                if tried > limit {
                    return None;
                }
                self.follow_edges(&partial, from, barrier, &mut open, &mut followed.exits);
            } else if let Some((node, mut marked)) = partial.skipped.pop() {
                // Like the engine: only if no other edge sent tasks to that node, and only once.
                let sent = partial.config.active.get(&node).is_some_and(|task| task.many);
                if !sent && !partial.continued.contains(&node) {
                    marked |= partial.skipped.contains(&(node, true));
                    partial.continued.push(node);
                    partial.pending.push(Pending { node: Some(node), marked, ran: false });
                }
                open.push(partial);
            } else if !partial.exits && known.insert(partial.config.clone()) {
                followed.after.push(partial.config);
            }
        }
        Some(followed)
    }

    fn alternatives(&self, from: Option<usize>) -> &[Alternative] {
        from.map_or(&self.shape.start, |node| &self.shape.nodes[node])
    }

    /// Follows the outgoing edges of one node: one partial step for each choice. An exit ends the run whatever else is
    /// scheduled, so no join starves.
    fn follow_edges(
        &self,
        partial: &Partial,
        Pending { node: from, marked, ran }: Pending,
        barrier: &BTreeSet<usize>,
        open: &mut Vec<Partial>,
        exits: &mut Vec<End>,
    ) {
        let mut partial = partial.clone();
        if let Some(node) = from {
            for (index, join) in self.shape.joins.iter().enumerate() {
                if join.sources.contains(&node) {
                    *partial.config.arrived.entry((index, node)).or_default() |= marked;
                    if !barrier.contains(&index)
                        && let Some(exit) = self.fire(&mut partial.config, index)
                    {
                        exits.push(partial.end(exit));
                        partial.exits = true;
                    }
                }
            }
        }
        let alternatives = self.alternatives(from);
        if alternatives.is_empty() {
            open.push(partial);
            return;
        }
        let edge = from.map_or(Edge::Start, Edge::Node);
        for Alternative { targets, exit, arms } in alternatives {
            let arms = arms.iter().filter(|_| ran && self.watched.is_none());
            let taken = arms.filter_map(|arm| Some((from?, *arm)));
            let mut choice = partial.clone();
            choice.config.taken.extend(taken);
            if let Some(exit) = exit {
                exits.push(choice.end(*exit));
                choice.exits = true;
            }
            let mut choices = vec![choice];
            for Target { node, each } in targets {
                let mut none = if *each { choices.clone() } else { Vec::new() };
                none.iter_mut().for_each(|choice| choice.skipped.push((*node, marked)));
                let task = Task { many: *each, marked };
                choices.iter_mut().for_each(|choice| choice.config.schedule(self, *node, task, edge));
                choices.append(&mut none);
            }
            open.append(&mut choices);
        }
    }

    /// Fires and resets a join if all of its sources have arrived; returns the exit that it then takes.
    pub(super) fn fire(&self, config: &mut Configuration, index: usize) -> Option<usize> {
        let join = &self.shape.joins[index];
        let fires = join.sources.iter().all(|source| config.arrived.contains_key(&(index, *source)));
        if fires {
            let arrivals = join.sources.iter().filter_map(|source| config.arrived.remove(&(index, *source)));
            let task = Task { many: false, marked: arrivals.fold(false, |any, marked| any | marked) };
            join.targets.iter().for_each(|target| config.schedule(self, *target, task, Edge::Join(index)));
        }
        join.exit.filter(|_| fires)
    }
}
