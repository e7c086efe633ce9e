//! Nodes whose errors another function handles.

use std::future::Future;
use std::marker::PhantomData;

use super::{No, Select, StubOutput, never};
use crate::context::{Context, RunContext};
use crate::graph::Graph;
use crate::graph::text::Text;
use crate::node::{Handler, Node, NodeFailure, NodeFn, NodeInfo, Policy, Returned};
use crate::state::FieldSet;

/// What can handle the errors of a node that takes `I`, writes `U` and goes where `R` says.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot handle the errors of this node",
    label = "takes or returns something else",
    note = "a handler is a `#[node]` function whose own input is a `NodeFailure<{I}>`",
    note = "it returns what its node returns: the update `{U}`, and the route `{R}` where that is not `()`"
)]
pub trait Handles<I, U, R> {}

#[diagnostic::do_not_recommend]
impl<H: NodeFn, I, U, R> Handles<I, U, R> for H where (H::Input, H::Update, H::Route): Is<(NodeFailure<I>, U, R)> {}

/// Being one type.
pub trait Is<T> {}

impl<T> Is<T> for T {}

/// Where rustc says that an `H` cannot.
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

/// Where rustc says that an `H` is no node of the graph.
pub const fn must_be_node<H: Node<S, G>, S, G: Graph>() {}

/// The handler of a node's errors, in the graphs that it is a node of.
pub trait Handling<S, G: Graph, I, U, R> {
    type Handler: Node<S, G, Input = NodeFailure<I>, Update = U, Route = R>;
}

/// Stands in for what cannot handle errors, which was reported.
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
    const INFO: NodeInfo = NodeInfo {
        name: "",
        reads: FieldSet::one(usize::MAX),
        writes: FieldSet::one(usize::MAX),
        must_write: FieldSet::one(usize::MAX),
        replaces: FieldSet::one(usize::MAX),
        uncombined: FieldSet::EMPTY,
        inner: None,
        takes_input: true,
        input: "",
        is_async: false,
        routes: false,
        policy: Policy::NONE,
    };
    type Output = StubOutput<(), U, R>;

    fn run(_: NodeFailure<I>, _: &S, _: &Context<G>) -> impl Future<Output = Returned<Self>> + Send {
        std::future::poll_fn(|_| never())
    }
}

/// A node whose errors `handler` handles: what that reads is read, and what it does is said in the policy.
///
/// # Panics
/// If the handler has a policy that a handler cannot have.
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

/// The failure of the node, if it is its handler's turn.
pub fn failure_of<I: Clone>(cx: &RunContext, input: &I) -> Option<NodeFailure<I>> {
    Some(cx.failure()?.with(input.clone()))
}
