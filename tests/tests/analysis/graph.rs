//! A graph with read and write sets, as plain data, and the analysis of it.

use graph_core::__private::data_flow::{self, Finding};
use graph_core::__private::{DataFlow, Moment};
use graph_core::graph::{NodeShape, Topology};
use graph_core::node::{NodeInfo, Policy};
use graph_core::prelude::*;
use graph_core::state::FieldSet;
use graph_shape::{Flow, Shape, pairs};

/// How many fields a random graph's state has: all late, none with a reducer.
pub(crate) const FIELDS: usize = 5;

/// The state of the random graphs. Its fields are only names here.
#[derive(State, Clone, Debug, Default)]
pub(crate) struct Fields {
    f0: Late<u8>,
    f1: Late<u8>,
    f2: Late<u8>,
    f3: Late<u8>,
    f4: Late<u8>,
}

/// A graph with what its nodes read and write: sets of fields as bits.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    pub(crate) shape: Shape,
    pub(crate) nodes: Vec<Access>,
}

/// What a node does with the fields.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Access {
    pub(crate) reads: u8,
    /// What its router reads, after the step.
    pub(crate) routes_by: u8,
    pub(crate) may_write: u8,
    pub(crate) must_write: u8,
}

/// What an analysis says of a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Two tasks of one super-step may write one field.
    pub(crate) races: bool,
    /// A field may be read that nothing has written.
    pub(crate) reads_unwritten: bool,
}

impl Verdict {
    pub(crate) fn is_clean(self) -> bool {
        !self.races && !self.reads_unwritten
    }
}

/// The constants that a graph expands to: its shape, its flow, and what has been written before each moment.
fn constants(graph: &Graph, coarse: bool) -> (Topology, DataFlow, Vec<FieldSet>) {
    let flow = if coarse { pairs(&graph.shape) } else { Flow::of(&graph.shape) };
    let moments: Vec<Moment> = flow
        .moments
        .iter()
        .map(|moment| Moment {
            active: leak(moment.active.clone()),
            next: leak(moment.next.clone()),
            joined: leak(moment.joined.iter().map(|group| leak(group.clone())).collect()),
        })
        .collect();
    let last = (0..flow.moments.len()).filter(|moment| flow.moments[*moment].ends).collect();
    let flow = DataFlow {
        moments: leak(moments),
        first: leak(flow.first),
        last: leak(last),
        idle: flow.idle,
        pairs: leak(flow.pairs),
        exact: flow.exact,
    };
    let nodes = graph.nodes.iter().map(|access| NodeShape {
        name: "node",
        info: NodeInfo {
            name: "node",
            reads: set(access.reads),
            writes: set(access.may_write | access.must_write),
            must_write: set(access.must_write),
            replaces: FieldSet::EMPTY,
            uncombined: FieldSet::EMPTY,
            inner: None,
            routes: false,
            takes_input: false,
            input: "",
            is_async: false,
            policy: Policy::NONE,
        },
        edges: &[],
        branches: &[],
        routed: false,
        asked: false,
        joins: &[],
        deferred: false,
    });
    let topology = Topology {
        name: "Random",
        nodes: leak(nodes.collect()),
        start: &[],
        start_branches: &[],
        joins: &[],
        exits: &[],
    };

    let mut before = vec![FieldSet::EMPTY; flow.moments.len()];
    data_flow::solve::<Fields>(&topology, &flow, &mut before);
    (topology, flow, before)
}

/// The fields that the analysis says have been written when a run ends, as bits.
pub(crate) fn written_at_end(graph: &Graph, coarse: bool) -> u8 {
    let (topology, flow, before) = constants(graph, coarse);
    let written = data_flow::written_at_end::<Fields>(&topology, &flow, &before);
    (0..FIELDS).filter(|field| written.contains(*field)).fold(0, |bits, field| bits | 1 << field)
}

/// What the analysis says, run as the compiler runs it.
pub(crate) fn analyse(graph: &Graph, coarse: bool) -> Verdict {
    let (topology, flow, before) = constants(graph, coarse);
    let mut nodes = 0..graph.nodes.len();
    let mut found = vec![Finding::Nothing; graph.nodes.len()];
    data_flow::find::<Fields>(&topology, &flow, &before, &mut found);
    // A node that reads what is unwritten is not asked whether it races, too; with everything written, all are.
    let (written, mut racing) = (vec![FieldSet::all::<Fields>(); before.len()], found.clone());
    data_flow::find::<Fields>(&topology, &flow, &written, &mut racing);
    let reads = |node: usize| matches!(found[node], Finding::ReadsUnwritten { .. });
    let routes = |node: usize| {
        let reads = set(graph.nodes[node].routes_by);
        data_flow::unwritten_route::<Fields>(&topology, &flow, &before, node, reads).is_some()
    };
    Verdict {
        races: racing.iter().any(|found| matches!(found, Finding::Races { .. })),
        reads_unwritten: nodes.any(|node| reads(node) || routes(node)),
    }
}

fn set(bits: u8) -> FieldSet {
    let fields = (0..FIELDS).filter(|field| bits & (1 << field) != 0);
    fields.fold(FieldSet::EMPTY, |set, field| set.union(FieldSet::one(field)))
}

/// The data is constant in a compiled graph; here it lives as long as the test's process.
fn leak<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}
