//! The stream of a run without types.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use serde_json::Value;

use super::ErasedInterrupt;
use crate::error::{Error, Result};
use crate::graph::GraphNode;
use crate::run::json::PartJson;
use crate::run::{JsonGraph, PartStream};

/// A part of a run's stream, as JSON.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ErasedPart {
    /// The mode: `values`, `updates`, `messages`, `custom`, `tasks`, `checkpoints`, `debug` or `events`.
    pub mode: &'static str,
    /// The tasks around the subgraph that it comes from, `node:task id`, outermost first; empty for the graph itself.
    pub namespace: Vec<String>,
    /// The content, in the form of LangGraph's stream.
    pub data: Value,
}

/// How a run without an error ended.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErasedEnd {
    /// It is complete.
    Done,
    /// It waits for answers, and is saved.
    Interrupted(Vec<ErasedInterrupt>),
    /// It stopped at a breakpoint, and is saved.
    Breakpoint {
        /// The nodes after which it stopped.
        after: Vec<&'static str>,
        /// The nodes before which it stopped.
        before: Vec<&'static str>,
    },
}

/// The stream of a run without types. Polling it drives the run; dropping it cancels the run.
///
/// An error is its last item. After that, or after the run has ended without one, it yields `None`.
#[must_use = "a run does nothing until its stream is read"]
pub struct ErasedStream(Box<dyn AnyStream>);

trait AnyStream: Send {
    fn poll_part(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<ErasedPart>>>;
    fn end(&self) -> Option<ErasedEnd>;
}

impl ErasedStream {
    pub(super) fn new<G: JsonGraph>(parts: PartStream<G>) -> Self {
        Self(Box::new(parts))
    }

    /// The next part; `None` when the run has ended.
    pub async fn next(&mut self) -> Option<Result<ErasedPart>> {
        poll_fn(|cx| self.0.poll_part(cx)).await
    }

    /// How the run ended, once its stream has ended without an error.
    #[must_use]
    pub fn end(&self) -> Option<ErasedEnd> {
        self.0.end()
    }

    /// Runs to the end, dropping the remaining parts.
    ///
    /// # Errors
    /// Those of the run.
    pub async fn finish(mut self) -> Result<ErasedEnd> {
        let mut graph_error = None;
        while let Some(part) = self.next().await {
            graph_error = part.err().or(graph_error);
        }
        match (graph_error, self.end()) {
            (None, Some(end)) => Ok(end),
            (Some(error), _) => Err(error),
            (None, None) => Err(Error::Runtime("the run was read to its end before".to_owned())),
        }
    }
}

impl Stream for ErasedStream {
    type Item = Result<ErasedPart>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_part(cx)
    }
}

impl std::fmt::Debug for ErasedStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErasedStream").finish_non_exhaustive()
    }
}

impl<G: JsonGraph> AnyStream for PartStream<G> {
    fn poll_part(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<ErasedPart>>> {
        Pin::new(self).poll_next(cx).map(|item| {
            let part = match item? {
                Ok(part) => part,
                Err(error) => return Some(Err(error)),
            };
            let json =
                PartJson::of(&part).map(|PartJson { mode, namespace, data }| ErasedPart { mode, namespace, data });
            Some(json.map_err(|error| Error::Json { graph: G::NAME, message: error.to_string() }))
        })
    }

    fn end(&self) -> Option<ErasedEnd> {
        if let Some(stopped) = self.breakpoint() {
            let names = |nodes: &[G::Node]| nodes.iter().map(|node| node.name()).collect();
            return Some(ErasedEnd::Breakpoint { after: names(&stopped.after), before: names(&stopped.before) });
        }
        if let Some(interrupted) = self.interrupted() {
            return Some(ErasedEnd::Interrupted(
                interrupted.iter().filter_map(|asked| ErasedInterrupt::of(asked).ok()).collect(),
            ));
        }
        self.output().map(|_| ErasedEnd::Done)
    }
}
