use crate::{Alternative, Flow, Join, Shape, StarvedJoin, explore};

fn active(flow: &Flow) -> Vec<Vec<usize>> {
    flow.steps.iter().map(|step| step.active.iter().map(|(node, _)| *node).collect()).collect()
}

#[test]
fn a_fork_runs_in_lockstep_until_its_join() {
    // START -> 0 -> [1, 2]; 1 -> 3; [3, 2] -> 4
    let shape = Shape {
        start: vec![Alternative::of(&[0])],
        nodes: vec![
            vec![Alternative::of(&[1, 2])],
            vec![Alternative::of(&[3])],
            vec![],
            vec![],
            vec![Alternative::of(&[])],
        ],
        joins: vec![Join { sources: vec![3, 2], targets: vec![4] }],
        ..Shape::default()
    };
    let flow = explore(&shape, 100).unwrap();
    assert_eq!(active(&flow), [vec![0], vec![1, 2], vec![3], vec![4]]);
    assert!(flow.can_run_together(1, 2) && !flow.can_run_together(2, 3) && !flow.can_run_together(1, 1));
}

#[test]
fn alternatives_never_run_together_and_for_tasks_run_with_themselves() {
    // START -> 0; 0 -> one of: 1, for 2; 1 -> 3; 2 -> 3
    let shape = Shape {
        start: vec![Alternative::of(&[0])],
        nodes: vec![
            vec![Alternative::of(&[1]), Alternative::each(2)],
            vec![Alternative::of(&[3])],
            vec![Alternative::of(&[3])],
            vec![Alternative::of(&[])],
        ],
        joins: vec![],
        ..Shape::default()
    };
    let flow = explore(&shape, 100).unwrap();
    assert!(flow.can_run_together(2, 2) && !flow.can_run_together(1, 2));
    // Over no items, 0 goes straight on to 3.
    let direct = flow.steps[0].next.iter().any(|next| flow.steps[*next].active == [(3, false)]);
    assert!(direct);
}

#[test]
fn a_join_starves_where_a_source_is_skipped() {
    // START -> [0, 1]; 0 -> one of: 2, the end; [1, 2] -> 3
    let mut shape = Shape {
        start: vec![Alternative::of(&[0, 1])],
        nodes: vec![vec![Alternative::of(&[2]), Alternative::of(&[])], vec![], vec![], vec![Alternative::of(&[])]],
        joins: vec![Join { sources: vec![1, 2], targets: vec![3] }],
        ..Shape::default()
    };
    let starved = explore(&shape, 100).unwrap().starved;
    assert_eq!(starved, [StarvedJoin { join: 0, arrived: vec![1], path: vec![vec![0, 1]] }]);
    shape.nodes[0].pop();
    assert_eq!(explore(&shape, 100).unwrap().starved, []);
}

#[test]
fn the_exploration_stops_at_its_limit() {
    // Twelve independent loops, each of which may stop at any time.
    let shape = Shape {
        start: vec![Alternative::of(&(0..12).collect::<Vec<_>>())],
        nodes: (0..12).map(|node| vec![Alternative::of(&[node]), Alternative::of(&[])]).collect(),
        joins: vec![],
        ..Shape::default()
    };
    assert_eq!(explore(&shape, 400), None);
    assert!(Flow::of(&shape).can_run_together(3, 7));
}

/// START -> [0, 1]; 0 -> 3; 1 -> 2 -> 3; 3 is deferred
fn deferred() -> Shape {
    Shape {
        start: vec![Alternative::of(&[0, 1])],
        nodes: vec![
            vec![Alternative::of(&[3])],
            vec![Alternative::of(&[2])],
            vec![Alternative::of(&[3])],
            vec![Alternative::of(&[])],
        ],
        joins: vec![],
        deferred: vec![3],
    }
}

#[test]
fn a_deferred_node_waits_until_nothing_else_is_left() {
    let mut shape = deferred();
    let flow = explore(&shape, 100).unwrap();
    assert_eq!(active(&flow), [vec![0, 1], vec![2], vec![3]]);
    assert!(flow.can_defer_beside(2, 3) && !flow.can_run_together(2, 3));
    assert_eq!(flow.double_runs(&shape), []);
    shape.deferred.clear();
    let flow = explore(&shape, 100).unwrap();
    assert_eq!(active(&flow), [vec![0, 1], vec![2, 3], vec![3]]);
    assert_eq!(flow.double_runs(&shape), [(3, 2)]);
}

#[test]
fn all_deferred_nodes_run_together() {
    // 1 -> [2, 4]; 4 -> END, deferred as well
    let mut shape = deferred();
    shape.nodes[1] = vec![Alternative::of(&[2, 4])];
    shape.nodes.push(vec![Alternative::of(&[])]);
    shape.deferred.push(4);
    let flow = explore(&shape, 100).unwrap();
    assert_eq!(active(&flow), [vec![0, 1], vec![2], vec![3, 4]]);
    assert!(flow.can_run_together(3, 4));
}

#[test]
fn a_deferred_node_can_run_again_after_it_ran() {
    // 3 -> 2: it runs a second time, after the deferred node, and leads to it once more.
    let mut shape = deferred();
    shape.nodes[2] = vec![Alternative::of(&[])];
    shape.nodes[3] = vec![Alternative::of(&[2])];
    let flow = explore(&shape, 100).unwrap();
    assert_eq!(active(&flow), [vec![0, 1], vec![2], vec![3], vec![2]]);
    assert_eq!(flow.double_runs(&shape), [(2, 3)]);
}
