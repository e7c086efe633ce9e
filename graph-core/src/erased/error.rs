//! Why a graph without its types refuses what it was sent.

use crate::error::Error;

/// Why a graph without its types refuses what it was sent, or why its thread could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErasedError {
    /// The JSON is none of the graph's own values. Nothing was run.
    #[error("the {what} of `{graph}` does not fit: {}{message}", at(path))]
    Decode {
        /// The graph.
        graph: &'static str,
        /// What the JSON was read as: the input, the context, an update, an answer.
        what: &'static str,
        /// Where it does not fit: `messages[2].content`; empty for the value itself.
        path: String,
        /// What is wrong there.
        message: String,
    },
    /// The graph has no such node.
    #[error("`{graph}` has no node `{node}`; it has {}", quoted(nodes))]
    UnknownNode {
        /// The graph.
        graph: &'static str,
        /// The name.
        node: String,
        /// The names of its nodes.
        nodes: Vec<&'static str>,
    },
    /// One answer was given, and several interrupts wait: an object with an answer for each id says which is for whom.
    #[error(
        "thread `{thread}` of `{graph}` waits for {count} answers; say by the ids of the interrupts which is for whom"
    )]
    SeveralWait {
        /// The graph.
        graph: &'static str,
        /// The thread.
        thread: String,
        /// How many interrupts wait.
        count: usize,
    },
    /// The thread could not be read or written.
    #[error(transparent)]
    OfRun(#[from] Error),
}

fn at(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("`{path}`: ") }
}

fn quoted(names: &[&'static str]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
