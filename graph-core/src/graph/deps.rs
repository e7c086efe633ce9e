//! Where a subgraph's dependencies and context come from: its parent's.

use std::marker::PhantomData;
use std::sync::Arc;

use super::Graph;
use super::given::GivesContext;
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

/// The dependencies and the context of a run.
pub(crate) enum DepsOf<G: Graph> {
    Own(Arc<G::Deps>, G::Context),
    /// Those of the parent run.
    Through(Arc<dyn Gives<G>>),
}

impl<G: Graph> DepsOf<G> {
    pub(crate) fn get(&self) -> &G::Deps {
        match self {
            Self::Own(deps, _) => deps,
            Self::Through(parent) => parent.deps(),
        }
    }

    pub(crate) fn context(&self) -> &G::Context {
        match self {
            Self::Own(_, context) => context,
            Self::Through(parent) => parent.context(),
        }
    }
}

/// A holder of dependencies and a context.
pub(crate) trait Gives<G: Graph>: Send + Sync {
    fn deps(&self) -> &G::Deps;
    fn context(&self) -> &G::Context;
}

/// The dependencies and the context of the graph `C`, taken from those of the parent run of `P`.
pub(crate) struct Through<C, P: Graph>(Context<P>, PhantomData<fn() -> C>);

impl<C: Graph, P: Graph> Through<C, P>
where
    P::Deps: GivesDeps<C::Deps, C::Needs>,
    P::Context: GivesContext<C::Context, C::NeedsContext>,
{
    pub(crate) fn of(cx: &Context<P>) -> DepsOf<C> {
        DepsOf::Through(Arc::new(Self(cx.clone(), PhantomData)))
    }
}

impl<C: Graph, P: Graph> Gives<C> for Through<C, P>
where
    P::Deps: GivesDeps<C::Deps, C::Needs>,
    P::Context: GivesContext<C::Context, C::NeedsContext>,
{
    fn deps(&self) -> &C::Deps {
        self.0.deps().give()
    }

    fn context(&self) -> &C::Context {
        self.0.shared().deps.context().give_context()
    }
}
