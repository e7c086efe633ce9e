//! The tasks of the next super-step, collected from edges, routers, `for` edges and joins.

use super::apply_order::ApplyOrder;
use super::node_set::NodeSet;
use crate::graph::{Graph, GraphNode, Target, Topology};

/// The proof that a router has chosen: every leaf of a router evaluates to one.
#[derive(Debug)]
#[must_use]
pub struct Routed(());

/// The tasks of the next super-step, while they are being collected.
///
/// A node that several edges lead to runs once. A `for` edge adds one task per item; without items, the run continues
/// after its node. A deferred node waits until there are no other tasks.
#[expect(missing_debug_implementations, reason = "only expansions name it")]
pub struct Scheduler<G: Graph> {
    /// The nodes to run once, including the deferred ones.
    due: NodeSet,
    /// The tasks sent by `for` edges, in sending order.
    sent: Vec<G::Task>,
    /// The nodes whose `for` edge had no items.
    skipped: Vec<G::Node>,
    /// The sources that have arrived at each join.
    arrived: Vec<Vec<bool>>,
    /// The exit taken, if any: nothing runs after it.
    exit: Option<G::Exit>,
    /// The nodes whose tasks have been followed as one.
    followed: NodeSet,
    /// The nodes of the next step, while their tasks are made.
    taken: Vec<usize>,
}

impl<G: Graph> Scheduler<G> {
    pub(crate) fn new() -> Self {
        Self {
            due: NodeSet::new(),
            sent: Vec::new(),
            skipped: Vec::new(),
            arrived: G::TOPOLOGY.joins.iter().map(|join| vec![false; join.sources.len()]).collect(),
            exit: None,
            followed: NodeSet::new(),
            taken: Vec::new(),
        }
    }

    /// Runs `node` next.
    pub fn to(&mut self, node: G::Node) -> Routed {
        self.due.insert(node.index());
        Routed(())
    }

    /// Nothing follows.
    pub fn end(&mut self) -> Routed {
        Routed(())
    }

    /// Ends the run with this super-step, by this exit.
    pub fn exit(&mut self, exit: G::Exit) -> Routed {
        self.exit.get_or_insert(exit);
        Routed(())
    }

    /// The exit by which the run has ended; the plain end by default.
    pub(crate) fn taken_exit(&self) -> G::Exit {
        self.exit.unwrap_or_default()
    }

    /// The start of a `for` edge, for [`sent`](Self::sent).
    pub fn mark(&self) -> usize {
        self.sent.len()
    }

    /// Runs a task with its own input next.
    pub fn send(&mut self, task: G::Task) {
        self.sent.push(task);
    }

    /// The end of a `for` edge to `node`: without tasks since `mark`, the run continues after `node`.
    pub fn sent(&mut self, node: G::Node, mark: usize) -> Routed {
        if self.sent.len() == mark {
            self.skipped.push(node);
        }
        Routed(())
    }

    /// The sources that have arrived at each join.
    pub(crate) fn arrived(&self) -> &[Vec<bool>] {
        &self.arrived
    }

    /// The tasks of the deferred nodes.
    pub(crate) fn deferred(&self) -> impl Iterator<Item = G::Task> {
        self.due.iter().filter_map(|node| G::task(G::Node::ALL[node]))
    }

    /// Restores the arrivals at joins, if the joins are unchanged, and the deferred tasks.
    pub(crate) fn restore(&mut self, arrived: Vec<Vec<bool>>, deferred: &[G::Task]) {
        deferred.iter().for_each(|task| self.due.insert(G::node_index(task)));
        if arrived.iter().map(Vec::len).eq(self.arrived.iter().map(Vec::len)) {
            self.arrived = arrived;
        }
    }

    /// Follows the edges of START.
    pub(crate) fn start(&mut self, state: &G::State) {
        self.targets(G::TOPOLOGY.start);
        if !G::TOPOLOGY.start_branches.is_empty() {
            G::route(None, None, state, self);
        }
        self.skip(state);
    }

    /// Follows the edges of the nodes that ran, in the order in which their updates are applied; `route` takes a
    /// task's own route.
    #[inline]
    pub(crate) fn follow(
        &mut self,
        tasks: &[G::Task],
        mut route: impl FnMut(usize) -> Option<G::Route>,
        state: &G::State,
    ) {
        self.followed.clear();
        for index in ApplyOrder::of::<G>(tasks).indices() {
            let (node, route) = (G::node_of(&tasks[index]), route(index));
            // The tasks of one node continue as one, unless each has its own route.
            if self.followed.add(node.index()) || route.is_some() {
                self.leave(node, route, state);
            }
        }
        if !self.skipped.is_empty() {
            self.skip(state);
        }
    }

    /// Follows the edges of nodes whose updates come from outside. The other tasks that were next stay.
    pub(crate) fn updated(&mut self, nodes: &[G::Node], tasks: &mut Vec<G::Task>, state: &G::State) {
        for task in tasks.drain(..).filter(|task| !nodes.contains(&G::node_of(task))) {
            if G::TOPOLOGY.nodes[G::node_index(&task)].info.has_task_input {
                self.sent.push(task);
            } else {
                self.due.insert(G::node_index(&task));
            }
        }
        for node in nodes {
            self.leave(*node, None, state);
        }
        if !self.skipped.is_empty() {
            self.skip(state);
        }
        self.take(tasks);
    }

    /// [`follow`](Self::follow) for the only task of a step.
    #[inline]
    pub(crate) fn follow_only(&mut self, task: &G::Task, route: Option<G::Route>, state: &G::State) {
        self.leave(G::node_of(task), route, state);
        if !self.skipped.is_empty() {
            self.skip(state);
        }
    }

    /// Moves the collected tasks to `tasks`, in the order in which they start: the sent ones in sending order, then the
    /// others by node name.
    #[inline(always)]
    pub(crate) fn take(&mut self, tasks: &mut Vec<G::Task>) {
        tasks.clear();
        if self.exit.is_none()
            && self.sent.is_empty()
            && let Some(node) = self.due.take_only_one()
        {
            tasks.extend(G::task(G::Node::ALL[node]));
        } else {
            self.take_several(tasks);
        }
    }

    #[inline(never)]
    fn take_several(&mut self, tasks: &mut Vec<G::Task>) {
        if self.exit.is_some() {
            self.sent.clear();
            self.due.clear();
            return;
        }
        tasks.append(&mut self.sent);
        take_due(&mut self.due, &mut self.taken, &G::TOPOLOGY, !tasks.is_empty());
        for node in self.taken.drain(..) {
            tasks.extend(G::task(G::Node::ALL[node]));
        }
    }

    #[inline]
    fn leave(&mut self, node: G::Node, route: Option<G::Route>, state: &G::State) {
        let shape = &G::TOPOLOGY.nodes[node.index()];
        self.targets(shape.edges);
        for &(join, source) in shape.joins {
            self.arrived[join][source] = true;
            if self.arrived[join].iter().all(|arrived| *arrived) {
                self.arrived[join].fill(false);
                self.targets(G::TOPOLOGY.joins[join].targets);
            }
        }
        if shape.routed {
            G::route(Some(node), route, state, self);
        }
    }

    fn targets(&mut self, targets: &[Target]) {
        for target in targets {
            match *target {
                Target::Node(index) => self.due.insert(index),
                Target::Exit(index) => _ = self.exit(G::EXITS[index]),
                Target::End => {}
            }
        }
    }

    /// Continues after `for` edges without items, unless another edge sent tasks to the node.
    fn skip(&mut self, state: &G::State) {
        let mut done = Vec::new();
        while let Some(node) = self.skipped.pop() {
            let runs = self.sent.iter().any(|task| G::node_of(task) == node);
            if !runs && !done.contains(&node) {
                done.push(node);
                self.leave(node, None, state);
            }
        }
    }
}

/// Takes the nodes that run next, in the order of their names. Deferred nodes are held back, unless nothing else runs.
/// Not generic, so that sorting is compiled once, not for every graph.
fn take_due(due: &mut NodeSet, taken: &mut Vec<usize>, topology: &Topology, others: bool) {
    due.drain(|node| taken.push(node));
    let is_deferred = |node: &usize| topology.nodes[*node].deferred;
    if others || !taken.iter().all(is_deferred) {
        taken.retain(|node| {
            if is_deferred(node) {
                due.insert(*node);
            }
            !is_deferred(node)
        });
    }
    // Each node is due once, so that an unstable sort, which does not allocate, has one result.
    taken.sort_unstable_by_key(|node| topology.nodes[*node].rank);
}
