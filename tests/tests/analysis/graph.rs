//! A graph with read and write sets, as plain data, and its analysis.

use graph_core::__private::data_flow::{self, Finding};
use graph_core::__private::{Arms, DataFlow, Last, Parallel, Precision, SuperStep};
use graph_core::graph::{NodeShape, SubgraphMemory, Topology};
use graph_core::node::{NodeInfo, Policy};
use graph_core::prelude::*;
use graph_core::state::FieldSet;
use graph_shape::{End, Flow, Shape, branches, pairs};

/// The number of fields of a random graph's state: all late, none with a reducer.
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

/// A graph with the read and write sets of its nodes: sets of fields as bits.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    pub(crate) shape: Shape,
    pub(crate) nodes: Vec<Access>,
}

/// The read and write sets of a node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Access {
    pub(crate) reads: u8,
    /// The fields that its router reads, after the step.
    pub(crate) routes_by: u8,
    pub(crate) may_write: u8,
    pub(crate) must_write: u8,
    pub(crate) exits: Option<Exits>,
}

/// The number of exits of a graph, besides the plain end.
pub(crate) const EXITS: usize = 2;

/// What a subgraph writes at its plain end and at each of its exits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Exits {
    pub(crate) written_at: [u8; EXITS + 1],
    /// The arms of its router that each can take, as bits.
    pub(crate) arms: [u64; EXITS + 1],
}

impl Exits {
    /// What is written at each exit that can take an arm.
    pub(crate) fn behind(&self, arm: usize) -> Vec<u8> {
        let exits = self.written_at.iter().zip(&self.arms);
        exits.filter(|(_, arms)| **arms >> arm & 1 == 1).map(|(written, _)| *written).collect()
    }
}

/// The result of an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Two tasks of one super-step may write one field.
    pub(crate) races: bool,
    /// An unwritten field may be read.
    pub(crate) reads_unwritten: bool,
}

impl Verdict {
    pub(crate) fn is_clean(self) -> bool {
        !self.races && !self.reads_unwritten
    }
}

/// One of the analyses of `graph-shape`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Analysis {
    /// As the macro chooses: the exact one, for graphs of this size.
    Chosen,
    /// Parallel branches are explored each by itself.
    Branches,
    /// Pairs of nodes.
    Coarse,
}

impl Analysis {
    pub(crate) fn of(self, shape: &Shape) -> Flow {
        match self {
            Self::Chosen => Flow::of(shape),
            Self::Branches => branches(shape, Flow::LIMIT_OF_BRANCHES).unwrap_or_else(|| pairs(shape)),
            Self::Coarse => pairs(shape),
        }
    }
}

fn parallel(parallel: &graph_shape::Parallel) -> Parallel {
    Parallel { branches: leak(parallel.branches.iter().map(|branch| leak(branch.clone())).collect()) }
}

/// The constants of a graph's expansion: its shape, its flow, and the written fields before each super-step.
fn constants_of(graph: &Graph, flow: Flow) -> (Topology, DataFlow, Vec<FieldSet>) {
    let steps: Vec<SuperStep> = flow
        .steps
        .iter()
        .map(|step| SuperStep {
            active: leak(step.active.clone()),
            next: leak(step.next.clone()),
            joins: leak(step.joins.iter().map(|group| leak(group.clone())).collect()),
            taken: leak(step.taken.clone()),
        })
        .collect();
    let number = |exit: Option<usize>| exit.map_or(0, |exit| exit + 1);
    let last = flow.steps.iter().enumerate().flat_map(|(step, ended)| {
        let end = move |end: &End| Last { step, exit: number(end.exit), taken: leak(end.taken.clone()) };
        ended.ends.iter().map(end)
    });
    let arms = graph.nodes.iter().enumerate().filter_map(|(node, access)| {
        let exits = access.exits?;
        Some(Arms { node, by_exit: leak(exits.arms.to_vec()) })
    });
    let flow = DataFlow {
        steps: leak(steps),
        first: leak(flow.first),
        last: leak(last.collect()),
        empty: leak(flow.empty.iter().map(|exit| number(*exit)).collect()),
        arms: leak(arms.collect()),
        pairs: leak(flow.pairs),
        parallel: leak(flow.parallel.iter().map(parallel).collect()),
        precision: match flow.precision {
            graph_shape::Precision::Exact => Precision::Exact,
            graph_shape::Precision::Branches => Precision::Branches,
            graph_shape::Precision::Coarse => Precision::Coarse,
        },
    };
    let nodes = graph.nodes.iter().map(|access| NodeShape {
        name: "node",
        rank: 0,
        info: NodeInfo {
            name: "node",
            reads: set(access.reads),
            writes: set(access.may_write | access.must_write),
            must_write: set(access.must_write),
            written_at: leak(access.exits.iter().flat_map(|exits| exits.written_at.map(set)).collect()),
            replaces: FieldSet::EMPTY,
            uncombinable: FieldSet::EMPTY,
            inner: None,
            routes: false,
            has_task_input: false,
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
        memory: SubgraphMemory::PerCall,
    });
    let topology = Topology {
        name: "Random",
        nodes: leak(nodes.collect()),
        start: &[],
        start_branches: &[],
        joins: &[],
        exits: &[],
    };

    let mut before = vec![FieldSet::EMPTY; flow.steps.len()];
    data_flow::solve::<Fields>(&topology, &flow, &mut before);
    (topology, flow, before)
}

/// The fields written when a run ends, according to the analysis, as bits: by whatever exit, then at the plain end and at
/// each exit.
pub(crate) type Written = [u8; EXITS + 2];

/// What is written when a run ends.
pub(crate) fn written_at_end(graph: &Graph, analysis: Analysis) -> Written {
    written_at_end_changed(graph, analysis, |_| {})
}

/// [`written_at_end`] with a flow that is changed in between.
pub(crate) fn written_at_end_changed(graph: &Graph, analysis: Analysis, change: impl FnOnce(&mut Flow)) -> Written {
    let mut flow = analysis.of(&graph.shape);
    change(&mut flow);
    let (topology, flow, before) = constants_of(graph, flow);
    std::array::from_fn(|end| {
        let written = match end.checked_sub(1) {
            None => data_flow::written_at_end::<Fields>(&topology, &flow, &before),
            Some(exit) => data_flow::written_at::<Fields>(&topology, &flow, &before, exit),
        };
        let bits = (0..FIELDS).filter(|field| written.contains(*field)).fold(0, |bits, field| bits | 1 << field);
        if let Some(exit) = end.checked_sub(1) {
            // The check of a field that the exit carries says the same.
            let lacks =
                |field| data_flow::unwritten_at_exit::<Fields>(&topology, &flow, &before, exit, field).is_some();
            assert!((0..FIELDS).all(|field| lacks(field) == (bits >> field & 1 == 0)), "{graph:#?}");
        }
        bits
    })
}

/// The analysis, as the compiler runs it.
pub(crate) fn analyse(graph: &Graph, analysis: Analysis) -> Verdict {
    analyse_changed(graph, analysis, |_| {})
}

/// [`analyse`] with a flow that is changed in between.
pub(crate) fn analyse_changed(graph: &Graph, analysis: Analysis, change: impl FnOnce(&mut Flow)) -> Verdict {
    let mut flow = analysis.of(&graph.shape);
    change(&mut flow);
    let (topology, flow, before) = constants_of(graph, flow);
    let mut nodes = 0..graph.nodes.len();
    let mut found = vec![Finding::Nothing; graph.nodes.len()];
    data_flow::find::<Fields>(&topology, &flow, &before, &mut found);
    // A node that reads an unwritten field is not checked for races; with every field written, all are.
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

/// Constant data in a compiled graph; here it is leaked.
fn leak<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}
