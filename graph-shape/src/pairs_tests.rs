use crate::{Alternative, Join, Shape, Target, explore, pairs};

#[test]
fn a_loop_around_a_join_is_no_pair_with_its_inside() {
    // START -> 0 -> [1, 2]; [1, 2] -> 3; 3 -> one of: 0, the end
    let shape = Shape {
        start: vec![Alternative::of(&[0])],
        nodes: vec![vec![Alternative::of(&[1, 2])], vec![], vec![], vec![Alternative::of(&[0]), Alternative::of(&[])]],
        joins: vec![Join { sources: vec![1, 2], targets: vec![3], exit: None }],
        ..Shape::default()
    };
    assert_eq!(pairs(&shape).pairs, [(1, 2)]);
}

#[test]
fn the_coarse_pairs_hold_the_exact_ones() {
    // START -> 0 -> [1, for 2]; 1 -> 3; [3, 2] -> 4; 4 -> one of: 0, the end
    let shape = Shape {
        start: vec![Alternative::of(&[0])],
        nodes: vec![
            vec![Alternative {
                targets: vec![Target { node: 1, each: false }, Target { node: 2, each: true }],
                ..Alternative::default()
            }],
            vec![Alternative::of(&[3])],
            vec![],
            vec![],
            vec![Alternative::of(&[0]), Alternative::of(&[])],
        ],
        joins: vec![Join { sources: vec![3, 2], targets: vec![4], exit: None }],
        ..Shape::default()
    };
    let (exact, coarse) = (explore(&shape, 100).unwrap(), pairs(&shape));
    for a in 0..5 {
        for b in 0..5 {
            assert!(!exact.can_run_together(a, b) || coarse.can_run_together(a, b), "{a} and {b}");
        }
    }
    assert!(coarse.can_run_together(1, 2) && coarse.can_run_together(2, 2));
}

#[test]
fn a_deferred_node_runs_beside_deferred_ones_only() {
    // START -> [0, 1, 2]; 1 -> 3; 0 and 3 are deferred; [0, 2] -> 4
    let shape = Shape {
        start: vec![Alternative::of(&[0, 1, 2])],
        nodes: vec![
            vec![],
            vec![Alternative::of(&[3])],
            vec![],
            vec![Alternative::of(&[])],
            vec![Alternative::of(&[])],
        ],
        joins: vec![Join { sources: vec![0, 2], targets: vec![4], exit: None }],
        deferred: vec![0, 3],
        ..Shape::default()
    };
    let flow = pairs(&shape);
    assert_eq!(flow.pairs, [(0, 3), (1, 2)]);
}
