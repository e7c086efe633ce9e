//! Where in a nest of graphs something comes from.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::context::TaskId;

/// Where in a nest of graphs a part comes from: the tasks that it is inside of, outermost first. Displays as LangGraph
/// writes it: `child:<task id>|inner:<task id>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Namespace(Arc<[Segment]>);

/// A graph that runs inside a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Segment {
    /// The node, as its graph calls it.
    pub node: &'static str,
    /// The task of the node.
    pub task: TaskId,
    /// Which of the graphs that the task runs it is, counted from 0.
    pub call: u32,
}

impl Namespace {
    /// Inside one task.
    pub(crate) fn of(segment: Segment) -> Self {
        Self(Arc::new([segment]))
    }

    /// The same, seen from one graph further out.
    pub(crate) fn under(&self, segment: Segment) -> Self {
        Self(std::iter::once(segment).chain(self.0.iter().copied()).collect())
    }

    /// The tasks, outermost first.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The texts that LangGraph's `ns` has: `child:<task id>`, and a number behind it for each further graph that the
    /// same task runs.
    fn texts(&self) -> impl Iterator<Item = String> + '_ {
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
