//! What a graph declares that it is given besides its input: the context of a run, and the store of its app.

use super::deps::{NeedsDeps, NeedsNothing, Provide};

/// The context of a graph that declares none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NoContext;

/// From anything: no context is decoded where none is declared.
impl<'de> serde::Deserialize<'de> for NoContext {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// Graphs that declare a context, by [`Graph::NeedsContext`](super::Graph::NeedsContext).
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this graph declares no context",
    label = "there is no context here",
    note = "declare its type in `graph!`: `context Session;`"
)]
pub trait Declared {}

impl Declared for NeedsDeps {}

/// [`Provide`], if the subgraph declares a context.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the context `{Self}` does not provide `{C}`, the context of a subgraph",
    label = "a graph whose runs are given a `{C}`",
    note = "declare `context {C};` in the graph around it, or a type with an `impl Provide<{C}>`"
)]
pub trait GivesContext<C, Needs> {
    fn give_context(&self) -> &C;
}

#[diagnostic::do_not_recommend]
impl<P> GivesContext<NoContext, NeedsNothing> for P {
    fn give_context(&self) -> &NoContext {
        &NoContext
    }
}

#[diagnostic::do_not_recommend]
impl<P: Provide<C>, C> GivesContext<C, NeedsDeps> for P {
    fn give_context(&self) -> &C {
        self.provide()
    }
}

/// Graphs that declare the store, by [`Graph::NeedsStore`](super::Graph::NeedsStore).
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this graph declares no store",
    label = "there may be no store here",
    note = "declare it in `graph!`: `store;`, or in `#[workflow(.., store)]`; then `new` takes the store"
)]
pub trait DeclaresStore {}

impl DeclaresStore for NeedsDeps {}

/// A graph whose subgraph may declare the store.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a subgraph declares the store, and the graph around it does not",
    label = "a graph with `store;`",
    note = "declare it in the graph around it, too: `store;`"
)]
pub trait GivesStore<Needs> {}

#[diagnostic::do_not_recommend]
impl<P> GivesStore<NeedsNothing> for P {}

#[diagnostic::do_not_recommend]
impl GivesStore<NeedsDeps> for NeedsDeps {}
