//! The simulator takes the same steps as the engine, on a graph that has every kind of edge.

use fastrand::Rng;
use graph_core::prelude::*;
use graph_core::run::TaskState;
use graph_shape::{Alternative, Join, Shape, Target};

use crate::simulate::{Choices, Standing, step};

/// The choices of the routers: numbers, looked up by step and node.
#[derive(State, Clone, Debug, Default)]
struct Walk {
    #[state(input, reduce = Overwrite)]
    script: Vec<u8>,
    /// The number of steps taken; every node of a step writes the same.
    #[state(reduce = Max)]
    steps: usize,
}

#[derive(Update, Clone, Debug)]
#[update(Walk)]
struct Stepped {
    steps: usize,
}

const START_ASKS: usize = 20;
const ITEMS: usize = 10;

fn pick(script: &[u8], steps: usize, who: usize, count: usize) -> usize {
    usize::from(script[(steps * 7 + who) % script.len()]) % count
}

macro_rules! nodes {
    ($($node:ident)*) => {$(
        #[node]
        fn $node(Walk { steps, .. }: &Walk) -> Stepped {
            Stepped { steps: steps + 1 }
        }
    )*};
}

nodes!(a b c d e f g);

#[node]
fn w(_: usize, Walk { steps, .. }: &Walk) -> Stepped {
    Stepped { steps: steps + 1 }
}

graph! {
    Every<Walk> {
        START -> |walk| if pick(&walk.script, walk.steps, START_ASKS, 2) == 0 { a } else { [a, b] };
        a -> |walk| match pick(&walk.script, walk.steps, 0, 3) {
            0 => b,
            1 => [b, for item in 0..pick(&walk.script, walk.steps, ITEMS + 2, 3) { w(item) }],
            _ => END,
        };
        b -> [d, c];
        [c, d] -> e;
        w -> f;
        d -> g;
        defer g, f;
        each a, b, c, d, e, f, g;
        g -> |walk| if pick(&walk.script, walk.steps, 7, 2) == 0 { [f, b] } else { END };
        e -> |walk| if pick(&walk.script, walk.steps, 5, 2) == 0 { [a, f] } else { END };
        f -> END;
    }
}

/// The same graph for the simulator.
fn shape() -> Shape {
    let one = |nodes: &[usize]| vec![Alternative::of(nodes)];
    Shape {
        start: vec![Alternative::of(&[0]), Alternative::of(&[0, 1])],
        nodes: vec![
            vec![
                Alternative::of(&[1]),
                Alternative {
                    targets: vec![Target { node: 1, each: false }, Target { node: 2, each: true }],
                    ..Alternative::default()
                },
                Alternative::of(&[]),
            ],
            one(&[3, 4]),
            one(&[6]),
            one(&[7]),
            vec![],
            vec![Alternative::of(&[0, 6]), Alternative::of(&[])],
            one(&[]),
            vec![Alternative::of(&[6, 1]), Alternative::of(&[])],
        ],
        joins: vec![Join { sources: vec![4, 3], targets: vec![5], exit: None }],
        deferred: vec![7, 6],
        ..Shape::default()
    }
}

struct Scripted<'a> {
    script: &'a [u8],
    steps: usize,
}

impl Choices for Scripted<'_> {
    fn alternative(&mut self, of: Option<usize>, count: usize) -> usize {
        pick(self.script, self.steps, of.unwrap_or(START_ASKS), count)
    }

    fn items(&mut self, to: usize) -> usize {
        pick(self.script, self.steps, ITEMS + to, 3)
    }
}

fn simulated(script: &[u8], limit: usize) -> Vec<Vec<usize>> {
    let shape = shape();
    let mut standing = Standing::before(&shape);
    let mut steps = Vec::new();
    loop {
        standing = step(&shape, &standing, steps.is_empty(), &mut Scripted { script, steps: steps.len() });
        if standing.tasks.is_empty() || steps.len() == limit {
            return steps;
        }
        steps.push(standing.tasks.clone());
    }
}

async fn run(script: &[u8], limit: usize) -> Vec<Vec<usize>> {
    let mut tasks = Every::new().recursion_limit(limit).run(WalkInput { script: script.to_vec() }).tasks();
    let mut steps: Vec<Vec<usize>> = Vec::new();
    while let Some(Ok(task)) = tasks.next().await {
        let step = usize::try_from(task.step).unwrap_or_default();
        if matches!(task.state, TaskState::Started { .. }) {
            steps.resize_with(step, Vec::new);
            steps[step - 1].push(task.node.index());
        }
    }
    // The engine starts the tasks of a step by name; the simulator has them by index.
    steps.iter_mut().for_each(|step| step.sort_unstable());
    steps
}

#[tokio::test]
async fn every_step_is_the_same() {
    let names: Vec<_> = EveryNode::ALL.iter().map(|node| node.name()).collect();
    assert_eq!(names, ["a", "b", "w", "d", "c", "e", "f", "g"], "the shape above counts nodes by their first mention");
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut rng = Rng::with_seed(seed);
    let mut most = 0;
    for _ in 0..500 {
        let script: Vec<u8> = (0..rng.usize(5..40)).map(|_| rng.u8(..)).collect();
        let expected = simulated(&script, 60);
        most = most.max(expected.len());
        assert_eq!(run(&script, 60).await, expected, "seed {seed}, script {script:?}");
    }
    assert!(most > 6, "no script made the graph go round: {most}");
}
