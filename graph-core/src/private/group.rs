//! The nodes of a graph as one type, a tree of tuples.
//!
//! What a graph does with each of its nodes is written here, once for a tuple of any nodes, and not into each graph: rustc
//! takes its time for every `.await`, and for a hundred of them more than for all else that a graph expands to.

use std::future::Future;
use std::marker::PhantomData;

use super::{never, no_input};
use crate::context::Context;
use crate::graph::{Done, Graph};
use crate::node::{Node, NodeResult};
use crate::state::{State, Update};

/// A tuple of up to eight nodes.
pub struct Leaves<T>(PhantomData<T>);

/// A tuple of up to eight groups, all but the last of them full.
pub struct Groups<T>(PhantomData<T>);

/// Nodes of `G` over `S` whose updates are such of `S`.
pub trait Nodes<S, G> {}

/// Nodes that a graph can run. `F` is shaped like the group and makes of each node's update one of the graph.
pub trait Runs<S, G: Graph, F> {
    /// For how many nodes there is a place.
    const CAPACITY: usize;

    /// Runs the node at a place, which takes no input and does not decide where to go.
    fn run(place: usize, into: F, state: &S, cx: &Context<G>) -> impl Future<Output = NodeResult<Done<G>>> + Send;
}

macro_rules! group {
    (@first $first:ident $($node:ident)*) => { $first::CAPACITY };
    ($($index:tt $node:ident $into:ident),*) => {
        impl<S: State, G: Graph, $($node: Node<S, G, Update: Update<S>>,)*> Nodes<S, G> for Leaves<($($node,)*)> {}

        impl<S, G, $($node: Nodes<S, G>,)*> Nodes<S, G> for Groups<($($node,)*)> {}

        impl<S, G, $($node, $into,)*> Runs<S, G, ($($into,)*)> for Leaves<($($node,)*)>
        where
            S: State,
            G: Graph,
            $($node: Node<S, G>, $into: FnOnce($node::Update) -> G::Update + Send,)*
        {
            const CAPACITY: usize = 8;

            #[allow(unused_variables)]
            fn run(
                place: usize,
                into: ($($into,)*),
                state: &S,
                cx: &Context<G>,
            ) -> impl Future<Output = NodeResult<Done<G>>> + Send {
                async move {
                    match place {
                        $($index => {
                            let (update, _) = $node::run(no_input(), state, cx).await?;
                            Ok(Done { update: (into.$index)(update), route: None })
                        })*
                        _ => never(),
                    }
                }
            }
        }

        impl<S, G, $($node, $into,)*> Runs<S, G, ($($into,)*)> for Groups<($($node,)*)>
        where
            S: State,
            G: Graph,
            $($node: Runs<S, G, $into>, $into: Send,)*
        {
            const CAPACITY: usize = 8 * group!(@first $($node)*);

            #[allow(unused_variables)]
            fn run(
                place: usize,
                into: ($($into,)*),
                state: &S,
                cx: &Context<G>,
            ) -> impl Future<Output = NodeResult<Done<G>>> + Send {
                async move {
                    let full = Self::CAPACITY / 8;
                    match place / full {
                        $($index => $node::run(place % full, into.$index, state, cx).await,)*
                        _ => never(),
                    }
                }
            }
        }
    };
}

// A graph without nodes is an error, and still a graph.
impl<S, G> Nodes<S, G> for Leaves<()> {}

impl<S: State, G: Graph> Runs<S, G, ()> for Leaves<()> {
    const CAPACITY: usize = 0;

    async fn run(_: usize, (): (), _: &S, _: &Context<G>) -> NodeResult<Done<G>> {
        never()
    }
}

group!(0 A IntoA);
group!(0 A IntoA, 1 B IntoB);
group!(0 A IntoA, 1 B IntoB, 2 C IntoC);
group!(0 A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD);
group!(0 A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD, 4 E IntoE);
group!(0 A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD, 4 E IntoE, 5 H IntoH);
group!(0 A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD, 4 E IntoE, 5 H IntoH, 6 I IntoI);
group!(0 A IntoA, 1 B IntoB, 2 C IntoC, 3 D IntoD, 4 E IntoE, 5 H IntoH, 6 I IntoI, 7 J IntoJ);
