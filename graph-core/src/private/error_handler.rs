//! Nodes with error handlers.

use std::future::Future;
use std::marker::PhantomData;

use super::{No, Select, StubOutput, never};
use crate::context::{Context, RunContext};
use crate::graph::Graph;
use crate::graph::text::Text;
use crate::node::{Handler, Node, NodeFailure, NodeFn, NodeInfo, Policy, TaskResult};

/// What can handle the errors of a node with the input `I`, the update `U` and the route `R`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot handle the errors of this node",
    label = "takes or returns something else",
    note = "a handler is a `#[node]` function whose own input is a `NodeFailure<{I}>`",
    note = "it returns what its node returns: the update `{U}`, and the route `{R}` where that is not `()`"
)]
pub trait Handles<I, U, R> {}

#[diagnostic::do_not_recommend]
impl<H: NodeFn, I, U, R> Handles<I, U, R> for H where (H::Input, H::Update, H::Route): SameAs<(NodeFailure<I>, U, R)> {}

/// Type equality, as a bound.
pub trait SameAs<T> {}

impl<T> SameAs<T> for T {}

/// A bound for rustc to report an `H` that cannot.
pub const fn must_handle<H: Handles<I, U, R>, I, U, R>() {}

/// Whether `H` can handle the errors of a node.
pub struct HandlerProbe<H, I, U, R>(PhantomData<(H, I, U, R)>);

impl<H, I, U, R> No for HandlerProbe<H, I, U, R> {}

impl<H: NodeFn<Input = NodeFailure<I>, Update = U, Route = R>, I, U, R> HandlerProbe<H, I, U, R> {
    pub const YES: bool = true;
}

impl<H, I, U, R> Select<true> for HandlerProbe<H, I, U, R> {
    type Type = H;
}

impl<H, I, U, R> Select<false> for HandlerProbe<H, I, U, R> {
    type Type = StubHandler<I, U, R>;
}

/// A bound for rustc to report an `H` that is no node of the graph.
pub const fn must_be_node<H: Node<S, G>, S, G: Graph>() {}

/// The error handler of a node, for each graph of the node.
pub trait Handling<S, G: Graph, I, U, R> {
    type Handler: Node<S, G, Input = NodeFailure<I>, Update = U, Route = R>;
}

/// A stub for a handler that does not fit, which was reported.
pub struct StubHandler<I, U, R>(PhantomData<fn(I) -> (U, R)>);

impl<I, U, R> NodeFn for StubHandler<I, U, R>
where
    I: Clone + Send + Sync + 'static,
    U: 'static,
    R: Send + Sync + 'static,
{
    type Input = NodeFailure<I>;
    type Update = U;
    type Route = R;
}

#[diagnostic::do_not_recommend]
impl<S, G: Graph, I, U, R> Node<S, G> for StubHandler<I, U, R>
where
    I: Clone + Send + Sync + 'static,
    U: 'static,
    R: Send + Sync + 'static,
{
    const INFO: NodeInfo = NodeInfo { has_task_input: true, ..NodeInfo::STUB };
    type Output = StubOutput<(), U, R>;

    fn run(_: NodeFailure<I>, _: &S, _: &Context<G>) -> impl Future<Output = TaskResult<Self>> + Send {
        std::future::poll_fn(|_| never())
    }
}

/// The facts of a node with an error handler: it also reads what the handler reads.
///
/// # Panics
/// If the handler has a policy that handlers cannot have.
#[must_use]
#[track_caller]
pub const fn handled_by(mut info: NodeInfo, handler: NodeInfo) -> NodeInfo {
    let kind = match handler.policy {
        Policy { cache: Some(_), .. } => "cached",
        Policy { on_error: Some(_), .. } => "handled itself",
        Policy { retry, timeout, blocking, .. } => {
            info.reads = info.reads.union(handler.reads);
            info.policy.on_error = Some(Handler { name: handler.name, retry, timeout, blocking });
            return info;
        }
    };
    let text = Text::new().push("`").push(handler.name).push("` handles the errors of `").push(info.name);
    panic!("{}", text.push("`, and so cannot be ").push(kind).as_str());
}

/// The failure of the node, if its error handler is running.
pub fn failure_of<I: Clone>(cx: &RunContext, input: &I) -> Option<NodeFailure<I>> {
    Some(cx.failure()?.with(input.clone()))
}
