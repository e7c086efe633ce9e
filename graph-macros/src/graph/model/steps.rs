//! Which super-steps can occur, and what can follow what.

use graph_shape::{Alternative, Flow, Join, Shape, Target as ShapeTarget};

use super::{Model, Node, Outgoing};

/// With more alternatives than this of a node that decides for many tasks, any part of them may be taken.
const COMBINED: usize = 5;

/// The super-steps that can occur. Every edge of the model has to be sound.
pub(crate) fn flow(model: &Model) -> Flow {
    Flow::of(&shape(model))
}

/// The graph as `graph-shape` knows it.
pub(crate) fn shape(model: &Model) -> Shape {
    let is_merged = |outgoing: &Outgoing| outgoing.router.as_ref().is_some_and(|router| router.is_merged);
    Shape {
        // The exact exploration takes all of an alternative for active together, which does not hold for merged ones.
        is_merged: is_merged(&model.start)
            || model.nodes.iter().any(|node| is_merged(&node.outgoing) || has_many_subsets(node)),
        start: alternatives(&model.start, false),
        nodes: model.nodes.iter().map(of_node).collect(),
        joins: model
            .joins
            .iter()
            .map(|join| Join {
                sources: join.sources.clone(),
                targets: join.targets.iter().filter_map(|edge| edge.target.node()).collect(),
                exit: join.targets.iter().find_map(|edge| edge.target.exit()),
            })
            .collect(),
        deferred: (0..model.nodes.len()).filter(|node| model.nodes[*node].deferred).collect(),
        repeated: (0..model.nodes.len()).filter(|node| model.nodes[*node].repeated).collect(),
    }
}

fn has_many_subsets(node: &Node) -> bool {
    node.decides_for_many() && alternatives(&node.outgoing, false).len() > COMBINED
}

/// The alternatives of a node. If each of its tasks decides a route, any subset of the router's alternatives can be
/// taken, and none if there is no task.
fn of_node(node: &Node) -> Vec<Alternative> {
    let single = alternatives(&node.outgoing, node.exit_arms().is_some());
    if !node.decides_for_many() {
        return single;
    }
    let union = |taken: &dyn Fn(usize) -> bool| {
        let mut all = Alternative::default();
        for (_, one) in single.iter().enumerate().filter(|(index, _)| taken(*index)) {
            all.exit = all.exit.or(one.exit);
            all.arms.extend(&one.arms);
            all.targets
                .extend(one.targets.iter().filter(|target| !all.targets.contains(target)).copied().collect::<Vec<_>>());
        }
        all
    };
    if single.len() > COMBINED {
        return vec![Alternative { arms: Vec::new(), ..union(&|_| true) }];
    }
    (0..1_usize << single.len()).map(|mask| union(&|index| mask >> index & 1 == 1)).collect()
}

/// The alternatives of a single task; perhaps with the arms of its router told apart.
fn alternatives(outgoing: &Outgoing, by_arm: bool) -> Vec<Alternative> {
    let Some(router) = &outgoing.router else {
        let targets: Vec<usize> = outgoing.edges.iter().filter_map(|edge| edge.target.node()).collect();
        let exit = outgoing.edges.iter().find_map(|edge| edge.target.exit());
        // A node that only leads to joins has no alternatives of its own.
        let all = Alternative { exit, ..Alternative::of(&targets) };
        return if outgoing.edges.is_empty() { Vec::new() } else { vec![all] };
    };
    let last = router.branches.iter().map(|branch| branch.alternative).max();
    let alternative = |number| {
        let leaves = router.branches.iter().filter(|branch| branch.alternative == number);
        let exit = leaves.clone().find_map(|leaf| leaf.target.exit());
        let arm = leaves.clone().find_map(|leaf| leaf.arm).filter(|_| by_arm);
        let targets = leaves.filter_map(|leaf| Some(ShapeTarget { node: leaf.target.node()?, each: leaf.each }));
        Alternative { targets: targets.collect(), exit, arms: arm.into_iter().collect() }
    };
    let mut alternatives = Vec::new();
    for alternative in (0..=last.unwrap_or(0)).map(alternative) {
        if !alternatives.contains(&alternative) {
            alternatives.push(alternative);
        }
    }
    alternatives
}
