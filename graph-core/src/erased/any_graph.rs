//! What a graph without its types can do, of a graph with its types.

use async_trait::async_trait;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::decode::read;
use super::resume::answers;
use super::{ErasedError, ErasedHistory, ErasedSnapshot, ErasedStream, Nodes, RunRequest, StartWith};
use crate::checkpoint::HistoryQuery;
use crate::error::Error;
use crate::graph::{Graph, GraphNode, Topology};
use crate::run::{JsonGraph, Run};
use crate::state::State;
use crate::thread::{DurableApp, Snapshot, Thread};

/// Graphs whose types have a form in JSON: the input and the updates of the state, the context, and all that a stream
/// shows. All have it if the types of the state's fields, of custom events and of the context implement serde's traits.
pub trait Erasable:
    JsonGraph + Graph<State: State<Input: DeserializeOwned>, Update: DeserializeOwned, Context: DeserializeOwned>
{
}

impl<G> Erasable for G where
    G: JsonGraph + Graph<State: State<Input: DeserializeOwned>, Update: DeserializeOwned, Context: DeserializeOwned>
{
}

#[async_trait]
pub(super) trait AnyGraph: Send + Sync {
    fn name(&self) -> &'static str;
    fn topology(&self) -> &'static Topology;
    async fn run(&self, request: RunRequest) -> Result<ErasedStream, ErasedError>;
    async fn state(&self, thread: &str, at: Option<Uuid>) -> Result<ErasedSnapshot, ErasedError>;
    fn history(&self, thread: &str, query: &HistoryQuery) -> ErasedHistory;
    async fn update(
        &self,
        thread: &str,
        at: Option<Uuid>,
        node: &str,
        update: Value,
    ) -> Result<ErasedSnapshot, ErasedError>;
}

#[async_trait]
impl<G: Erasable> AnyGraph for DurableApp<G> {
    fn name(&self) -> &'static str {
        G::NAME
    }

    fn topology(&self) -> &'static Topology {
        &G::TOPOLOGY
    }

    async fn run(&self, request: RunRequest) -> Result<ErasedStream, ErasedError> {
        let RunRequest { thread, at, start, context, modes, subgraphs, .. } = request;
        let (before, after) = (nodes::<G>(&request.interrupt_before)?, nodes::<G>(&request.interrupt_after)?);
        // Null is what a client sends that knows of no context.
        let context = if context.is_null() { Value::Object(Map::new()) } else { context };
        let context = read(context).map_err(|misfit| misfit.of(G::NAME, "context"))?;
        let mut thread = thread_at(self, &thread, at);
        if let Some(lease) = request.lease {
            thread = thread.with_lease(lease);
        }
        let run = match start {
            StartWith::Input(input) => thread.run(read(input).map_err(|misfit| misfit.of(G::NAME, "input"))?),
            StartWith::Continue => thread.continue_run(),
            StartWith::Resume(answer) => thread.answered(answers(&thread.state().await?, answer)?),
        };
        let mut run = run.tags(request.tags);
        for (key, value) in request.metadata {
            run = run.metadata(key, value);
        }
        run = before.into_iter().fold(run, Run::interrupt_before);
        run = after.into_iter().fold(run, Run::interrupt_after);
        run = request.durability.into_iter().fold(run, Run::durability);
        run = request.recursion_limit.into_iter().fold(run, Run::recursion_limit);
        let run = run.with_context(context);
        Ok(ErasedStream::new(if subgraphs { run.subgraphs().stream(modes) } else { run.stream(modes) }))
    }

    async fn state(&self, thread: &str, at: Option<Uuid>) -> Result<ErasedSnapshot, ErasedError> {
        Ok(erased(&thread_at(self, thread, at).state().await?)?)
    }

    fn history(&self, thread: &str, query: &HistoryQuery) -> ErasedHistory {
        ErasedHistory::new(thread_at(self, thread, None).history().of(query))
    }

    async fn update(
        &self,
        thread: &str,
        at: Option<Uuid>,
        node: &str,
        update: Value,
    ) -> Result<ErasedSnapshot, ErasedError> {
        let node = named::<G>(node)?.name();
        let update = Value::Object(Map::from_iter([(node.to_owned(), update)]));
        let update = read(update).map_err(|misfit| misfit.of(G::NAME, "update"))?;
        Ok(erased(&thread_at(self, thread, at).update(update).await?)?)
    }
}

fn thread_at<G: Graph>(app: &DurableApp<G>, thread: &str, at: Option<Uuid>) -> Thread<G> {
    let thread = app.thread(thread);
    at.map_or_else(|| thread.clone(), |at| thread.at(at))
}

pub(super) fn erased<G: JsonGraph>(snapshot: &Snapshot<G>) -> Result<ErasedSnapshot, Error> {
    ErasedSnapshot::of(snapshot).map_err(|error| Error::Json { graph: G::NAME, message: error.to_string() })
}

fn named<G: Graph>(name: &str) -> Result<G::Node, ErasedError> {
    let found = G::Node::ALL.iter().copied().find(|node| node.name() == name);
    let nodes = || G::Node::ALL.iter().map(|node| node.name()).collect();
    found.ok_or_else(|| ErasedError::UnknownNode { graph: G::NAME, node: name.to_owned(), nodes: nodes() })
}

fn nodes<G: Graph>(nodes: &Nodes) -> Result<Option<Vec<G::Node>>, ErasedError> {
    match nodes {
        Nodes::None => Ok(None),
        Nodes::All => Ok(Some(G::Node::ALL.to_vec())),
        Nodes::Named(names) => names.iter().map(|name| named::<G>(name)).collect::<Result<_, _>>().map(Some),
    }
}
