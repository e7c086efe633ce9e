//! What the tests of the engine share: a state that keeps a log, and instruments to watch nodes with.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use graph_core::checkpoint::{CheckpointError, Checkpointer, Record};
use graph_core::prelude::*;
use graph_core::run::RunStream;

/// A state that keeps what was written to it, in order.
#[derive(State, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Log {
    #[state(input, reduce = Append)]
    pub(crate) log: Vec<String>,
}

#[derive(Update, Clone, Debug, PartialEq, Serialize, Deserialize)]
#[update(Log)]
pub(crate) struct Line {
    pub(crate) log: Vec<String>,
}

pub(crate) fn line(text: impl Into<String>) -> Line {
    Line { log: vec![text.into()] }
}

pub(crate) fn given(text: &str) -> LogInput {
    LogInput { log: vec![text.to_owned()] }
}

/// A run that is given nothing.
pub(crate) fn nothing() -> LogInput {
    LogInput { log: Vec::new() }
}

/// Reads a stream to its end: its items, and the error that it ended with.
pub(crate) async fn read<G: Graph, T>(mut stream: RunStream<G, T>) -> (Vec<T>, Option<graph_core::Error>) {
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        match item {
            Ok(item) => items.push(item),
            Err(error) => {
                assert!(stream.next().await.is_none(), "an error is the last item");
                return (items, Some(error));
            }
        }
    }
    (items, None)
}

/// Reads a stream that ends well.
pub(crate) async fn items<G: Graph, T>(stream: RunStream<G, T>) -> Vec<T> {
    let (items, error) = read(stream).await;
    assert!(error.is_none(), "{error:?}");
    items
}

/// Counts how many are inside, and how many were at most.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gauge {
    inside: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    entered: Arc<AtomicUsize>,
}

impl Gauge {
    /// Enters; leaves when the guard is dropped.
    pub(crate) fn enter(&self) -> Inside {
        self.entered.fetch_add(1, Ordering::SeqCst);
        let inside = self.inside.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(inside, Ordering::SeqCst);
        Inside(self.clone())
    }

    pub(crate) fn inside(&self) -> usize {
        self.inside.load(Ordering::SeqCst)
    }

    pub(crate) fn most(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    pub(crate) fn entered(&self) -> usize {
        self.entered.load(Ordering::SeqCst)
    }
}

/// Someone inside a [`Gauge`].
pub(crate) struct Inside(Gauge);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.inside.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A saver that keeps the records that it was given.
#[derive(Clone, Debug, Default)]
pub(crate) struct RecordingSaver {
    inner: MemorySaver,
    records: Arc<Mutex<Vec<Record>>>,
}

impl RecordingSaver {
    pub(crate) fn records(&self) -> Vec<Record> {
        self.records.lock().unwrap().clone()
    }
}

#[async_trait]
impl Checkpointer for RecordingSaver {
    async fn append(&self, thread: &str, record: Record) -> Result<(), CheckpointError> {
        self.inner.append(thread, record.clone()).await?;
        self.records.lock().unwrap().push(record);
        Ok(())
    }

    async fn tail(&self, thread: &str) -> Result<Vec<Record>, CheckpointError> {
        self.inner.tail(thread).await
    }

    async fn delete(&self, thread: &str) -> Result<(), CheckpointError> {
        self.inner.delete(thread).await
    }
}
