//! Whether the type of a node's parameter is a context: the type decides, not its spelling.

use std::marker::PhantomData;

use super::{Is, No, never};
use crate::context::{Context, RunContext};
use crate::graph::Graph;
use crate::graph::text::Text;

/// Whether `T` is a context.
pub struct ContextProbe<T>(PhantomData<T>);

impl<T> No for ContextProbe<T> {}

impl<G: Graph> ContextProbe<Context<G>> {
    pub const YES: bool = true;
}

impl ContextProbe<RunContext> {
    pub const YES: bool = true;
}

/// What a node of `G` takes as its context. `Answer` is whether it is one; if not, that was reported.
#[diagnostic::on_unimplemented(
    message = "a node of `{G}` cannot take `&{Self}`",
    label = "takes the context of another graph",
    note = "a node of `{G}` takes `&Context<{G}>`, or `&RunContext` as a node of any graph"
)]
pub trait Lent<G: Graph, Answer> {
    fn lend(context: &Context<G>) -> &Self;
}

impl<G: Graph> Lent<G, Is<true>> for Context<G> {
    fn lend(context: &Context<G>) -> &Self {
        context
    }
}

impl<G: Graph> Lent<G, Is<true>> for RunContext {
    fn lend(context: &Context<G>) -> &Self {
        context
    }
}

#[diagnostic::do_not_recommend]
impl<G: Graph, T> Lent<G, Is<false>> for T {
    fn lend(_: &Context<G>) -> &Self {
        never()
    }
}

/// What a node of `G`, a graph over `S`, takes as its only reference: its state or its context, whichever the type is.
/// `Answer` is whether it is a context.
#[diagnostic::on_unimplemented(
    message = "a node of `{G}`, a graph over `{S}`, cannot take `&{Self}`",
    label = "takes neither its state nor its context",
    note = "a node of `{G}` takes `&{S}` and `&Context<{G}>`, or `&RunContext` as a node of any graph"
)]
pub trait Lone<S, G: Graph, Answer> {
    fn lend<'a>(state: &'a S, context: &'a Context<G>) -> &'a Self;
}

impl<S, G: Graph> Lone<S, G, Is<true>> for Context<G> {
    fn lend<'a>(_: &'a S, context: &'a Context<G>) -> &'a Self {
        context
    }
}

impl<S, G: Graph> Lone<S, G, Is<true>> for RunContext {
    fn lend<'a>(_: &'a S, context: &'a Context<G>) -> &'a Self {
        context
    }
}

impl<S, G: Graph> Lone<S, G, Is<false>> for S {
    fn lend<'a>(state: &'a S, _: &'a Context<G>) -> &'a Self {
        state
    }
}

/// Checks that the parameter behind the state is a context.
///
/// # Panics
/// If it is not; `order` says what a node takes.
#[track_caller]
pub const fn is_context(ty: &str, order: &str, yes: bool) {
    if !yes {
        let text = Text::new().push("a node works on one state, and `").push(ty).push("` is no context\nhelp: ");
        panic!("{}", text.push(order).as_str());
    }
}
