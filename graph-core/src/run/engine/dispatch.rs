//! The nodes of a graph as one type, a tree of tuples.
//!
//! The code that runs each node is here, generic over tuples of nodes, and not in each graph's expansion: rustc needs
//! more time for a hundred `.await`s than for the rest of the expansion.

use std::future::Future;
use std::marker::PhantomData;

use crate::__private::{never, no_input};
use crate::context::Context;
use crate::graph::{Graph, TaskOutput};
use crate::node::{Node, NodeResult};
use crate::state::{State, Update};

/// A tuple of up to eight nodes.
#[derive(Debug)]
pub struct NodeTuple<T>(PhantomData<T>);

/// A tuple of up to eight groups, all but the last of them full.
#[derive(Debug)]
pub struct NodeTree<T>(PhantomData<T>);

/// Nodes of `G` whose updates are updates of `S`.
pub trait AllNodes<S, G> {}

/// Nodes that a graph can run. `F`, of the same shape, converts each node's update into the graph's.
pub trait Dispatch<S, G: Graph, F> {
    /// The maximum number of nodes.
    const CAPACITY: usize;

    /// Runs the node with this index, which takes no input and has no route.
    fn run(index: usize, into: F, state: &S, cx: &Context<G>)
    -> impl Future<Output = NodeResult<TaskOutput<G>>> + Send;
}

// The first node is the last arm of each `match`: an unreachable arm would make a step a tenth slower.
macro_rules! group {
    ($first:ident $into_first:ident $(, $index:tt $node:ident $into:ident)*) => {
        impl<S, G, $first, $($node,)*> AllNodes<S, G> for NodeTuple<($first, $($node,)*)>
        where
            S: State,
            G: Graph,
            $first: Node<S, G, Update: Update<S>>,
            $($node: Node<S, G, Update: Update<S>>,)*
        {
        }

        impl<S, G, $first: AllNodes<S, G>, $($node: AllNodes<S, G>,)*> AllNodes<S, G> for NodeTree<($first, $($node,)*)> {}

        impl<S, G, $first, $into_first, $($node, $into,)*> Dispatch<S, G, ($into_first, $($into,)*)>
            for NodeTuple<($first, $($node,)*)>
        where
            S: State,
            G: Graph,
            $first: Node<S, G>,
            $into_first: FnOnce($first::Update) -> G::Update + Send,
            $($node: Node<S, G>, $into: FnOnce($node::Update) -> G::Update + Send,)*
        {
            const CAPACITY: usize = 8;

            fn run(
                index: usize,
                into: ($into_first, $($into,)*),
                state: &S,
                cx: &Context<G>,
            ) -> impl Future<Output = NodeResult<TaskOutput<G>>> + Send {
                // As small as a task, so that the compiler stores it where the task was.
                let index = index as u8;
                async move {
                    let update = match index {
                        $($index => (into.$index)($node::run(no_input(), state, cx).await?.0),)*
                        _ => (into.0)($first::run(no_input(), state, cx).await?.0),
                    };
                    Ok(TaskOutput { update, route: None })
                }
            }
        }

        impl<S, G, $first, $into_first, $($node, $into,)*> Dispatch<S, G, ($into_first, $($into,)*)>
            for NodeTree<($first, $($node,)*)>
        where
            S: State,
            G: Graph,
            $first: Dispatch<S, G, $into_first>,
            $into_first: Send,
            $($node: Dispatch<S, G, $into>, $into: Send,)*
        {
            const CAPACITY: usize = 8 * $first::CAPACITY;

            fn run(
                index: usize,
                into: ($into_first, $($into,)*),
                state: &S,
                cx: &Context<G>,
            ) -> impl Future<Output = NodeResult<TaskOutput<G>>> + Send {
                async move {
                    let (group, index) = (index / $first::CAPACITY, index % $first::CAPACITY);
                    match group {
                        $($index => $node::run(index, into.$index, state, cx).await,)*
                        _ => $first::run(index, into.0, state, cx).await,
                    }
                }
            }
        }
    };
}

// A graph without nodes is reported, but still expands.
impl<S, G> AllNodes<S, G> for NodeTuple<()> {}

impl<S: State, G: Graph> Dispatch<S, G, ()> for NodeTuple<()> {
    const CAPACITY: usize = 0;

    async fn run(_: usize, (): (), _: &S, _: &Context<G>) -> NodeResult<TaskOutput<G>> {
        never()
    }
}

group!(A IntoA);
group!(A IntoA, 1 B IntoB);
group!(A IntoA, 1 B IntoB, 2 C IntoC);
group!(A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD);
group!(A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD, 4 E IntoE);
group!(A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD, 4 E IntoE, 5 H IntoH);
group!(A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD, 4 E IntoE, 5 H IntoH, 6 I IntoI);
group!(A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD, 4 E IntoE, 5 H IntoH, 6 I IntoI, 7 J IntoJ);
