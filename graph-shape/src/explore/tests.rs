use crate::{Alternative, Edge, Flow, Join, Precision, Shape, StarvedJoin, branches, explore, meetings};

fn active(flow: &Flow) -> Vec<Vec<usize>> {
    flow.steps.iter().map(|step| step.active.iter().map(|(node, _)| *node).collect()).collect()
}

fn met(shape: &Shape, flow: &Flow) -> Vec<(usize, Vec<Edge>, Vec<Edge>)> {
    meetings(shape, flow).into_iter().map(|meeting| (meeting.node, meeting.first, meeting.second)).collect()
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
        joins: vec![Join { sources: vec![3, 2], targets: vec![4], exit: None }],
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
        joins: vec![Join { sources: vec![1, 2], targets: vec![3], exit: None }],
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
        ..Shape::default()
    }
}

#[test]
fn a_deferred_node_waits_until_nothing_else_is_left() {
    let mut shape = deferred();
    let flow = explore(&shape, 100).unwrap();
    assert_eq!(active(&flow), [vec![0, 1], vec![2], vec![3]]);
    assert!(!flow.can_run_together(2, 3));
    assert_eq!(met(&shape, &flow), []);
    shape.deferred.clear();
    let flow = explore(&shape, 100).unwrap();
    assert_eq!(active(&flow), [vec![0, 1], vec![2, 3], vec![3]]);
    assert_eq!(met(&shape, &flow), [(3, vec![Edge::Node(0)], vec![Edge::Node(2)])]);
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
    assert_eq!(met(&shape, &flow), [(2, vec![Edge::Node(1)], vec![Edge::Node(3)])]);
}

/// START -> agents; each agent -> one of: its tools, the end; tools -> agent. The end is a deferred node, or a join.
fn agents(count: usize, joined: bool) -> Shape {
    let (agent, tools, last) = (|n: usize| 3 * n, |n: usize| 3 * n + 1, |n: usize| 3 * n + 2);
    let behind = 3 * count;
    let mut nodes = Vec::new();
    for n in 0..count {
        nodes.push(vec![Alternative::of(&[tools(n)]), Alternative::of(&[last(n)])]);
        nodes.push(vec![Alternative::of(&[agent(n)])]);
        nodes.push(if joined { Vec::new() } else { vec![Alternative::of(&[behind])] });
    }
    nodes.push(vec![Alternative::of(&[])]);
    let join = Join { sources: (0..count).map(last).collect(), targets: vec![behind], exit: None };
    Shape {
        start: vec![Alternative::of(&(0..count).map(agent).collect::<Vec<_>>())],
        nodes,
        joins: if joined { vec![join] } else { Vec::new() },
        deferred: if joined { Vec::new() } else { vec![behind] },
        ..Shape::default()
    }
}

#[test]
fn parallel_loops_do_not_multiply() {
    for joined in [false, true] {
        let sizes = [8, 16, 32, 64].map(|count| {
            let shape = agents(count, joined);
            assert_eq!(explore(&shape, Flow::LIMIT), None);
            let flow = Flow::of(&shape);
            assert_eq!((flow.precision, met(&shape, &flow), &*flow.starved), (Precision::Branches, vec![], &[][..]));
            // An agent runs in even super-steps, its tools in odd ones; what ends them runs alone.
            assert!(flow.can_run_together(0, 3) && !flow.can_run_together(0, 4) && flow.can_run_together(1, 4));
            assert!(!flow.can_run_together(0, 1) && !flow.can_run_together(3 * count, 0));
            let edges: usize = flow.steps.iter().map(|step| step.next.len() + step.joins.len()).sum();
            let nodes: usize = flow.parallel.iter().flat_map(|parallel| &parallel.branches).map(Vec::len).sum();
            (flow.steps.len(), edges, nodes)
        });
        println!("super-steps, edges and parallel nodes of 8, 16, 32 and 64 branches: {sizes:?}");
        for pair in sizes.windows(2) {
            let ((steps, edges, nodes), more) = (pair[0], pair[1]);
            assert!(more.0 <= 2 * steps && more.1 <= 2 * edges && more.2 <= 2 * nodes, "{sizes:?}");
        }
    }
}

#[test]
fn branches_inside_branches_are_explored_apart() {
    // Four teams side by side, each of four loops into a join; behind the teams a join.
    let mut shape = Shape::default();
    let mut ends = Vec::new();
    for _ in 0..4 {
        let mut team = agents(4, true);
        let by = shape.nodes.len();
        let moved = |nodes: &[usize]| nodes.iter().map(|node| node + by).collect::<Vec<_>>();
        for target in team.start.iter_mut().chain(team.nodes.iter_mut().flatten()).flat_map(|way| &mut way.targets) {
            target.node += by;
        }
        let last = team.nodes.len() - 1;
        team.nodes[last].clear();
        ends.push(last + by);
        let joins = team.joins.iter().map(|join| Join {
            sources: moved(&join.sources),
            targets: moved(&join.targets),
            exit: None,
        });
        shape.joins.extend(joins);
        shape.nodes.append(&mut team.nodes);
        shape.start.append(&mut team.start);
    }
    let all = shape.start.drain(..).flat_map(|way| way.targets).collect();
    shape.start = vec![Alternative { targets: all, ..Alternative::default() }];
    shape.joins.push(Join { sources: ends.clone(), targets: vec![shape.nodes.len()], exit: None });
    shape.nodes.push(vec![Alternative::of(&[])]);
    let flow = Flow::of(&shape);
    assert_eq!((flow.precision, &*flow.starved), (Precision::Branches, &[][..]));
    assert!(flow.can_run_together(ends[0], ends[1]) && !flow.can_run_together(ends[0], shape.nodes.len() - 1));
    assert_eq!(met(&shape, &flow), []);
}

#[test]
fn a_join_may_take_its_exit_where_a_branch_takes_another() {
    // START -> [0, 1]; 0 -> the exit 1; [1, 0] -> the exit 0
    let shape = Shape {
        start: vec![Alternative::of(&[0, 1])],
        nodes: vec![vec![Alternative { exit: Some(1), ..Alternative::of(&[]) }], vec![]],
        joins: vec![Join { sources: vec![1, 0], targets: vec![], exit: Some(0) }],
        ..Shape::default()
    };
    for flow in [explore(&shape, 100).unwrap(), branches(&shape, 100).unwrap()] {
        let exits: std::collections::BTreeSet<_> =
            flow.steps.iter().flat_map(|step| &step.ends).map(|end| end.exit).collect();
        assert_eq!(exits, [Some(0), Some(1)].into(), "{:?}", flow.precision);
    }
}
