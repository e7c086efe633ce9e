//! What runs in the next super-step: collected from edges, routers, `for` edges and joins.

use crate::graph::{Graph, GraphNode, Target};

/// The proof that a router has said where to go: every leaf of a router evaluates to one.
#[derive(Debug)]
#[must_use]
pub struct Routed(());

/// The tasks of the next super-step while they are being collected.
///
/// A node that several edges lead to runs once. A `for` edge adds one task an item; over nothing, it goes on where its
/// node's tasks would have gone on. A deferred node is put aside, from step to step, until nothing else is left to run.
pub struct Scheduler<G: Graph> {
    /// The nodes to run once, by place; among them the deferred ones that were put aside.
    pulled: Vec<bool>,
    /// The tasks sent by `for` edges, in sending order.
    sent: Vec<G::Task>,
    /// The nodes whose `for` edge had no items.
    passed: Vec<G::Node>,
    /// What has arrived at each join.
    arrived: Vec<Vec<bool>>,
    /// The exit that has been taken: nothing runs any more.
    exit: Option<G::Exit>,
}

impl<G: Graph> Scheduler<G> {
    pub(crate) fn new() -> Self {
        Self {
            pulled: vec![false; G::Node::ALL.len()],
            sent: Vec::new(),
            passed: Vec::new(),
            arrived: G::TOPOLOGY.joins.iter().map(|join| vec![false; join.sources.len()]).collect(),
            exit: None,
        }
    }

    /// Runs `node` next.
    pub fn to(&mut self, node: G::Node) -> Routed {
        self.pulled[node.index()] = true;
        Routed(())
    }

    /// Nothing follows on this way.
    pub fn end(&mut self) -> Routed {
        Routed(())
    }

    /// The run ends with this super-step, by this exit.
    pub fn exit(&mut self, exit: G::Exit) -> Routed {
        self.exit.get_or_insert(exit);
        Routed(())
    }

    /// The exit by which the run has ended; the plain end, where no other was taken.
    pub(crate) fn taken_exit(&self) -> G::Exit {
        self.exit.unwrap_or_default()
    }

    /// Where a `for` edge begins, for [`sent`](Self::sent).
    pub fn mark(&self) -> usize {
        self.sent.len()
    }

    /// Runs a task with an input of its own next.
    pub fn send(&mut self, task: G::Task) {
        self.sent.push(task);
    }

    /// Ends a `for` edge to `node`: where it has sent nothing since `mark`, what follows `node` follows at once.
    pub fn sent(&mut self, node: G::Node, mark: usize) -> Routed {
        if self.sent.len() == mark {
            self.passed.push(node);
        }
        Routed(())
    }

    /// What has arrived at each join.
    pub(crate) fn arrived(&self) -> Vec<Vec<bool>> {
        self.arrived.clone()
    }

    /// The tasks of the deferred nodes that are put aside.
    pub(crate) fn aside(&self) -> impl Iterator<Item = G::Task> {
        let deferred = self.pulled.iter().zip(G::Node::ALL).filter(|(pulled, _)| **pulled);
        deferred.filter_map(|(_, node)| G::task(*node))
    }

    /// Takes up what had arrived at each join, where the joins are still the same, and what was put aside.
    pub(crate) fn restore(&mut self, arrived: &[Vec<bool>], aside: &[G::Task]) {
        aside.iter().for_each(|task| self.pulled[G::node_index(task)] = true);
        let shape = |arrived: &[Vec<bool>]| arrived.iter().map(Vec::len).collect::<Vec<_>>();
        if shape(arrived) == shape(&self.arrived) {
            self.arrived = arrived.to_vec();
        }
    }

    /// Follows what leads out of START.
    pub(crate) fn start(&mut self, state: &G::State) {
        self.targets(G::TOPOLOGY.start);
        if !G::TOPOLOGY.start_branches.is_empty() {
            G::route(None, None, state, self);
        }
        self.pass(state);
    }

    /// Follows what leads out of the nodes that ran, given task by task, by ascending place of the node; a task may have
    /// decided its route itself.
    pub(crate) fn follow(&mut self, ran: &[G::Node], routes: &mut [Option<G::Route>], state: &G::State) {
        for (index, &node) in ran.iter().enumerate() {
            let route = routes.get_mut(index).and_then(Option::take);
            // The tasks of one node go on together, but where each has a route of its own.
            if route.is_some() || index == 0 || ran[index - 1] != node {
                self.leave(node, route, state);
            }
        }
        self.pass(state);
    }

    /// Moves the collected tasks to `tasks`: by place of the node, then in sending order.
    pub(crate) fn take(&mut self, tasks: &mut Vec<G::Task>) {
        tasks.clear();
        if self.exit.is_some() {
            self.sent.clear();
            self.pulled.fill(false);
            return;
        }
        tasks.append(&mut self.sent);
        let defers = const { G::TOPOLOGY.defers() };
        for (index, pulled) in self.pulled.iter_mut().enumerate() {
            if *pulled && !(defers && G::TOPOLOGY.nodes[index].deferred) {
                *pulled = false;
                tasks.extend(G::task(G::Node::ALL[index]));
            }
        }
        if defers && tasks.is_empty() {
            tasks.extend(self.aside());
            self.pulled.fill(false);
        }
        // Stable, so that what one node was sent stays in sending order. Mostly they are in order already, and sorting
        // many allocates.
        let place = |task: &G::Task| G::node_of(task).index();
        if !tasks.is_sorted_by_key(place) {
            tasks.sort_by_key(place);
        }
    }

    fn leave(&mut self, node: G::Node, route: Option<G::Route>, state: &G::State) {
        let shape = &G::TOPOLOGY.nodes[node.index()];
        self.targets(shape.edges);
        for &(join, place) in shape.joins {
            self.arrived[join][place] = true;
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
                Target::Node(index) => self.pulled[index] = true,
                Target::Exit(index) => _ = self.exit(G::EXITS[index]),
                Target::End => {}
            }
        }
    }

    /// Goes on behind `for` edges that had no items, unless another edge sent that node something after all.
    fn pass(&mut self, state: &G::State) {
        let mut passed_by = Vec::new();
        while let Some(node) = self.passed.pop() {
            let runs = self.sent.iter().any(|task| G::node_of(task) == node);
            if !runs && !passed_by.contains(&node) {
                passed_by.push(node);
                self.leave(node, None, state);
            }
        }
    }
}
