//! Where a subgraph's dependencies come from: its parent's.

use std::marker::PhantomData;
use std::sync::Arc;

use super::Graph;
use crate::context::Context;

/// A source of a subgraph's dependencies.
///
/// A graph whose nodes need `D` can be a node of a graph whose dependencies provide `D`. Every type provides itself.
///
/// ```
/// use graph_core::graph::Provide;
///
/// struct SearchDeps {
///     index: String,
/// }
///
/// struct AgentDeps {
///     search: SearchDeps,
/// }
///
/// impl Provide<SearchDeps> for AgentDeps {
///     fn provide(&self) -> &SearchDeps {
///         &self.search
///     }
/// }
/// let deps = AgentDeps { search: SearchDeps { index: "wiki".into() } };
/// let search: &SearchDeps = deps.provide();
/// assert_eq!(search.index, "wiki");
/// ```
pub trait Provide<D> {
    /// The dependencies as `D`.
    fn provide(&self) -> &D;
}

impl<D> Provide<D> for D {
    fn provide(&self) -> &D {
        self
    }
}

/// The needs of a graph without dependencies.
#[doc(hidden)]
#[derive(Debug)]
pub enum NeedsNothing {}

/// The needs of a graph: its dependencies.
#[doc(hidden)]
#[derive(Debug)]
pub enum NeedsDeps {}

/// [`Provide`], if the graph has dependencies.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not provide `{D}`, which the nodes of a subgraph need",
    label = "a graph that needs `{D}`",
    note = "give the graph around it dependencies, and write `impl Provide<{D}>` for them; every type provides itself"
)]
pub trait GivesDeps<D, Needs> {
    fn give(&self) -> &D;
}

#[diagnostic::do_not_recommend]
impl<P> GivesDeps<(), NeedsNothing> for P {
    fn give(&self) -> &() {
        &()
    }
}

#[diagnostic::do_not_recommend]
impl<P: Provide<D>, D> GivesDeps<D, NeedsDeps> for P {
    fn give(&self) -> &D {
        self.provide()
    }
}

/// The dependencies of a run.
pub(crate) enum DepsOf<G: Graph> {
    Own(Arc<G::Deps>),
    /// Those of the parent graph.
    Through(Arc<dyn Gives<G::Deps>>),
}

impl<G: Graph> DepsOf<G> {
    pub(crate) fn get(&self) -> &G::Deps {
        match self {
            Self::Own(deps) => deps,
            Self::Through(deps) => deps.deps(),
        }
    }
}

/// A holder of dependencies.
pub(crate) trait Gives<D>: Send + Sync {
    fn deps(&self) -> &D;
}

/// The dependencies of the graph `C`, taken from those of the parent run of `P`.
pub(crate) struct Through<C, P: Graph>(Context<P>, PhantomData<fn() -> C>);

impl<C: Graph, P: Graph> Through<C, P>
where
    P::Deps: GivesDeps<C::Deps, C::Needs>,
{
    pub(crate) fn of(cx: &Context<P>) -> DepsOf<C> {
        DepsOf::Through(Arc::new(Self(cx.clone(), PhantomData)))
    }
}

impl<C: Graph, P: Graph> Gives<C::Deps> for Through<C, P>
where
    P::Deps: GivesDeps<C::Deps, C::Needs>,
{
    fn deps(&self) -> &C::Deps {
        self.0.deps().give()
    }
}
