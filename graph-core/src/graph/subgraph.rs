//! A graph as a node of another graph.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use super::deps::{GivesDeps, Through};
use super::given::{GivesContext, GivesStore};
use super::subgraph_parts::SubgraphNode;
use super::{Graph, NoSubgraphs, Topology};
use crate::__private::NodeReturn;
use crate::context::Context;
use crate::interrupt::AskedIn;
use crate::node::{Node, NodeFn, NodeInfo, NodeResult, Policy, TaskResult};
use crate::run::kind::{Kind, Whole};
use crate::run::{ChildRun, KeptPlace};
use crate::state::{FieldSet, State, SubgraphState, SubgraphUpdate, Update, outward};

/// The graph `C` as a node of a graph over `P`: `graph!` uses it if a node's path is a graph.
#[doc(hidden)]
#[derive(Debug)]
pub struct Subgraph<C, P>(PhantomData<fn() -> (C, P)>);

impl<C: Graph, P: State> NodeFn for Subgraph<C, P>
where
    C::State: SubgraphState<P>,
{
    type Input = <C::State as SubgraphState<P>>::Payload;
    type Update = SubgraphUpdate<C::State, P>;
    type Route = C::Exit;
}

impl<C: Graph, P: State, G: Graph<State = P>> Node<P, G> for Subgraph<C, P>
where
    C::State: SubgraphState<P>,
    G::Deps: GivesDeps<C::Deps, C::Needs>,
    G::Context: GivesContext<C::Context, C::NeedsContext>,
    G::NeedsStore: GivesStore<C::NeedsStore>,
    C::Interrupt: AskedIn<G>,
{
    const INFO: NodeInfo = info::<C, P>();
    type Output = Self;

    // Boxed: a graph may contain itself, and the futures of nested graphs grow large.
    #[expect(refining_impl_trait, reason = "that it is a box is what makes it possible for a graph to contain itself")]
    fn run(
        input: Self::Input,
        state: &P,
        cx: &Context<G>,
    ) -> Pin<Box<dyn Future<Output = TaskResult<Self>> + Send + 'static>> {
        let place = KeptPlace::of(cx);
        let kept = place.as_ref().map_or(Ok(None), KeptPlace::load::<C>);
        let run = kept.and_then(|kept| {
            let (entered, input) = (C::State::enter(kept, state), C::State::input(input));
            ChildRun::new(entered, input, Through::<C, G>::of(cx), None, cx, cx.run.task.node)
        });
        Box::pin(async move {
            let end = run?.await?;
            if let Some(place) = place {
                place.save::<C>(end.state.own()).await?;
            }
            // Pushed messages come from nodes that do not declare the field as written.
            let pushed = end.written.as_ref().map_or(FieldSet::EMPTY, Update::written);
            let written = const { writes::<C>() }.union(pushed);
            Ok((SubgraphUpdate::new(end.state.leave(end.written), written), end.exit))
        })
    }
}

/// The facts of a graph as a node: those of its nodes, for the shared fields.
const fn info<C: Graph, P: State>() -> NodeInfo
where
    C::State: SubgraphState<P>,
{
    let (writes, replaced) = (writes::<C>(), C::State::REPLACED.union(replaces::<C>()));
    let uncombinable = writes.minus(C::State::COMBINES);
    NodeInfo {
        name: C::NAME,
        reads: outward::<C::State, P>(demands::<C, P>()),
        // Any of its nodes may push a message.
        writes: outward::<C::State, P>(writes.union(C::State::PUSHED)),
        must_write: outward::<C::State, P>(C::WRITTEN.intersection(writes)),
        written_at: AtExits::<C, P>::SETS,
        replaces: outward::<C::State, P>(writes.intersection(replaced)),
        uncombinable: outward::<C::State, P>(uncombinable),
        has_task_input: C::State::HAS_TASK_INPUT,
        input: "",
        is_async: true,
        routes: !C::TOPOLOGY.exits.is_empty(),
        inner: Some(topology::<C>),
        policy: Policy::NONE,
    }
}

/// Of more exits nothing is known.
const EXITS: usize = 64;

/// What a graph always writes at its plain end and at each exit, in the fields of its parent's state.
struct AtExits<C, P>(PhantomData<fn() -> (C, P)>);

impl<C: Graph, P: State> AtExits<C, P>
where
    C::State: SubgraphState<P>,
{
    const ALL: &'static [FieldSet; EXITS] = &{
        let (mut all, mut exit) = ([FieldSet::EMPTY; EXITS], 0);
        while exit < C::WRITTEN_AT.len() && exit < EXITS {
            all[exit] = outward::<C::State, P>(C::WRITTEN_AT[exit].intersection(writes::<C>()));
            exit += 1;
        }
        all
    };
    const SETS: &'static [FieldSet] = match C::WRITTEN_AT.len() {
        0 => &[],
        count if count < EXITS => Self::ALL.split_at(count).0,
        _ => Self::ALL,
    };
}

/// The fields that must be written before the subgraph starts: those that are not late in it, and its input, unless a
/// `for` edge sends that.
const fn demands<C: Graph, P: State>() -> FieldSet
where
    C::State: SubgraphState<P>,
{
    let plain = FieldSet::all::<C::State>().minus(FieldSet::late::<C::State>());
    if C::State::HAS_TASK_INPUT || C::State::SHARED.is_none() {
        return plain;
    }
    plain.union(<<C::State as State>::Input as Update<C::State>>::MUST_WRITE)
}

const fn topology<C: Graph>() -> Topology {
    C::TOPOLOGY
}

/// The fields that the nodes of a graph may write.
const fn writes<C: Graph>() -> FieldSet {
    let (mut set, mut i) = (FieldSet::EMPTY, 0);
    while i < C::TOPOLOGY.nodes.len() {
        set = set.union(C::TOPOLOGY.nodes[i].info.writes);
        i += 1;
    }
    set
}

/// The fields that the nodes of a graph may replace.
const fn replaces<C: Graph>() -> FieldSet {
    let (mut set, mut i) = (FieldSet::EMPTY, 0);
    while i < C::TOPOLOGY.nodes.len() {
        set = set.union(C::TOPOLOGY.nodes[i].info.replaces);
        i += 1;
    }
    set
}

/// The facts of a graph as a node of itself: it may write whatever its other nodes may, and always writes what an exit
/// carries.
#[doc(hidden)]
#[must_use]
pub const fn recursive(
    name: &'static str,
    routes: bool,
    others: &[NodeInfo],
    written_at: &'static [FieldSet],
) -> NodeInfo {
    let (none, mut i) = (FieldSet::EMPTY, 0);
    let mut info = NodeInfo {
        name,
        reads: none,
        writes: none,
        must_write: none,
        written_at,
        replaces: none,
        uncombinable: none,
        has_task_input: false,
        input: "",
        is_async: true,
        routes,
        inner: None,
        policy: Policy::NONE,
    };
    while i < others.len() {
        info.writes = info.writes.union(others[i].writes);
        info.replaces = info.replaces.union(others[i].replaces);
        i += 1;
    }
    info
}

impl<C: Graph, P: State> NodeReturn<P> for Subgraph<C, P>
where
    C::State: SubgraphState<P>,
{
    type Return = ();
    type Update = SubgraphUpdate<C::State, P>;
    type Route = C::Exit;
    // The node reports it: see `info`.
    const WRITES: FieldSet = FieldSet::EMPTY;
    const MUST_WRITE: FieldSet = FieldSet::EMPTY;
    const REPLACES: FieldSet = FieldSet::EMPTY;
    type CachedUpdate = ();
    type CachedRoute = ();

    fn into_result((): ()) -> NodeResult<(Self::Update, C::Exit)> {
        crate::__private::never()
    }
}

impl<C: Graph, P: 'static> SubgraphNode for Subgraph<C, P> {
    type Item<K: Kind> = K::Item<C>;
    type Nested<K: Kind> = C::SubgraphItem<K>;
    type Unsaved = C::Unsaved;

    fn origin<K: Kind>(item: &K::Item<C>) -> (&'static str, Option<&'static str>) {
        (C::NAME, K::node(item))
    }

    fn select<K: Kind>(whole: <Whole as Kind>::Item<C>) -> Option<K::Item<C>> {
        K::select(whole)
    }

    fn select_nested<K: Kind>(whole: C::SubgraphItem<Whole>) -> Option<C::SubgraphItem<K>> {
        C::select(whole)
    }
}

impl SubgraphNode for crate::__private::StubFn {
    type Item<K: Kind> = NoSubgraphs;
    type Nested<K: Kind> = NoSubgraphs;
    type Unsaved = ();

    fn origin<K: Kind>(item: &NoSubgraphs) -> (&'static str, Option<&'static str>) {
        match *item {}
    }

    fn select<K: Kind>(whole: NoSubgraphs) -> Option<NoSubgraphs> {
        Some(whole)
    }

    fn select_nested<K: Kind>(whole: NoSubgraphs) -> Option<NoSubgraphs> {
        Some(whole)
    }
}
