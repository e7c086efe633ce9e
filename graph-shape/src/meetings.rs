//! Where branches meet at different times, so that a node runs twice.
//!
//! Each run of a node was led to by edges from runs before it, so that the runs are ordered: one *leads to* another if
//! a chain of edges goes from the first to the second. (A join leads on from all of its sources, and a deferred node
//! from all that led to it while it waited.) A loop that comes back to a node runs it once more, and that is what a
//! loop is for: the earlier run leads to the later one.
//!
//! **A node meets itself** if, in one run of the graph, it runs in two super-steps, the earlier of which does not lead
//! to the later, and no edge led to both. Then two branches of one fork, or two forks, reach it by different ways at
//! different times. In the same super-step they would have run it once.
//!
//! Why *no edge led to both*: if an edge from `p` led to both, then `p` had run twice before. Either its first run led
//! to its second; then a loop through `p` starts the node each time that it comes round, as it says. Or not; then the
//! same holds for `p`, and so on back to a node that meets itself, or to such a loop. So every node that runs twice for
//! want of a join stems from one that meets itself, and only that one is reported.
//!
//! [`meetings`] finds each such node: it guesses the first run, marks all that it leads to, and looks for a run that is
//! not marked. What it explores are the super-steps of [`explore`](crate::explore), each with marks, so that it finds
//! all meetings and no others; if these are too many, a node counts as meeting itself as soon as something runs or
//! waits beside it that leads to it.
use crate::explore::met;
use crate::{Edge, Flow, Precision, Reach, Shape};

/// The maximum number of super-steps with marks to explore for a node.
const LIMIT: usize = 2000;

/// A node that branches reach at different times, so that it runs twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The node.
    pub node: usize,
    /// The edges that lead to its first run.
    pub first: Vec<Edge>,
    /// The edges that lead to its second run.
    pub second: Vec<Edge>,
    /// Whether this occurs in some run, if routers are independent. If not, the graph is too large to know.
    pub certain: bool,
}

/// The edges of both runs, and how many super-steps precede the second.
#[derive(Clone, Debug)]
pub(crate) struct Met {
    pub depth: usize,
    pub first: Vec<Edge>,
    pub second: Vec<Edge>,
}

/// The nodes that can meet themselves, the one that does so first before the others; without those of which
/// [`Shape::repeated`] says that each arrival runs them.
#[must_use]
pub fn meetings(shape: &Shape, flow: &Flow) -> Vec<Meeting> {
    // Which arm a router takes is nothing to them, and to tell arms apart takes more super-steps.
    let without_arms = shape.without_arms();
    let shape = without_arms.as_ref().unwrap_or(shape);
    let reach = Reach::of(shape);
    let mut meetings: Vec<(usize, Meeting)> = Vec::new();
    let candidates = (0..shape.nodes.len()).filter(|node| !shape.repeated.contains(node));
    for node in candidates {
        let edges = edges_into(shape, node);
        let may_follow = |other: usize| other == node || reach.leads(other, node);
        if edges.len() < 2 || !flow.beside.iter().any(|(runs, other)| *runs == node && may_follow(*other)) {
            continue;
        }
        let found = match flow.precision {
            Precision::Exact => met(shape, node, false, LIMIT),
            Precision::Branches => met(shape, node, true, LIMIT),
            Precision::Coarse if shape.is_merged => None,
            // Too large to explore, but the meeting may be near.
            Precision::Coarse => met(shape, node, false, LIMIT).filter(Option::is_some),
        };
        let (depth, meeting) = match found {
            Some(None) => continue,
            Some(Some(met)) => (met.depth, Meeting { node, first: met.first, second: met.second, certain: true }),
            None => {
                let (first, second) = edges.split_at(1);
                (usize::MAX, Meeting { node, first: first.to_vec(), second: second.to_vec(), certain: false })
            }
        };
        meetings.push((depth, meeting));
    }
    meetings.sort_by_key(|(depth, _)| *depth);
    meetings.into_iter().map(|(_, meeting)| meeting).collect()
}

/// The edges that lead to a node.
fn edges_into(shape: &Shape, node: usize) -> Vec<Edge> {
    let leads = |ways: &[crate::Alternative]| ways.iter().flat_map(|way| &way.targets).any(|to| to.node == node);
    let start = leads(&shape.start).then_some(Edge::Start);
    let nodes = (0..shape.nodes.len()).filter(|from| leads(&shape.nodes[*from])).map(Edge::Node);
    let joins = (0..shape.joins.len()).filter(|join| shape.joins[*join].targets.contains(&node)).map(Edge::Join);
    start.into_iter().chain(nodes).chain(joins).collect()
}
