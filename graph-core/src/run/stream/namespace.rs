//! The position of a part within nested graphs.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::context::TaskId;

/// The position of a part within nested graphs: the enclosing tasks, outermost first. Displays as LangGraph writes it:
/// `child:<task id>|inner:<task id>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Namespace(Arc<[Segment]>);

/// One level: a graph that runs inside a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Segment {
    /// The node's name in its graph.
    pub node: &'static str,
    /// The task of the node.
    pub task: TaskId,
    /// The index of the graph among those that the task runs.
    pub call: u32,
}

impl Namespace {
    /// Inside one task.
    pub(crate) fn of(segment: Segment) -> Self {
        Self(Arc::new([segment]))
    }

    /// One level deeper.
    pub(crate) fn then(&self, segment: Segment) -> Self {
        Self(self.0.iter().copied().chain([segment]).collect())
    }

    /// The namespace as seen from the parent graph.
    pub(crate) fn under(&self, segment: Segment) -> Self {
        Self(std::iter::once(segment).chain(self.0.iter().copied()).collect())
    }

    /// The tasks, outermost first.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The texts of LangGraph's `ns`: `child:<task id>`, with a number appended for each further graph of the same
    /// task.
    pub(crate) fn texts(&self) -> impl Iterator<Item = String> + '_ {
        self.0.iter().flat_map(|segment| {
            let call = (segment.call > 0).then(|| segment.call.to_string());
            std::iter::once(format!("{}:{}", segment.node, segment.task)).chain(call)
        })
    }
}

impl fmt::Display for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, text) in self.texts().enumerate() {
            if index > 0 {
                f.write_str("|")?;
            }
            f.write_str(&text)?;
        }
        Ok(())
    }
}

/// As LangGraph's `ns`: a list of texts.
impl Serialize for Namespace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.texts())
    }
}
