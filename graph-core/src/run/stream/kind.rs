//! The kinds of streams as types, so that parts of subgraphs are of the stream's kind.

use std::sync::Arc;

use crate::graph::{Graph, GraphNode, GraphUpdate as _};
use crate::run::{DebugPart, Event, MessageContent, MessagePart, Part, TaskPart, ToolPart};
use crate::thread::Snapshot;

use self::sealed::Sealed;

mod sealed {
    pub trait Sealed {}
}

/// A kind of stream: its item for each graph, and how to select it from a part. Sealed: the kinds are those of this
/// module.
pub trait Kind: Sealed + 'static {
    /// The item for parts of the graph `G`.
    type Item<G: Graph>: Send + 'static;

    /// The item of a part, if the stream shows it.
    fn select<G: Graph>(part: Part<G>) -> Option<Self::Item<G>>;

    /// The name of the item's node, if it has one.
    #[doc(hidden)]
    fn node<G: Graph>(item: &Self::Item<G>) -> Option<&'static str>;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident, $graph:ident, $item:ty: $part:pat => $out:expr, $shown:pat => $node:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $kind {}

        impl Sealed for $kind {}

        impl Kind for $kind {
            type Item<$graph: Graph> = $item;

            fn select<$graph: Graph>(part: Part<$graph>) -> Option<$item> {
                match part {
                    $part => Some($out),
                    _ => None,
                }
            }

            fn node<$graph: Graph>($shown: &$item) -> Option<&'static str> {
                $node
            }
        }
    )*};
}

/// Parts of every requested mode.
#[derive(Clone, Copy, Debug)]
pub enum Whole {}

impl Sealed for Whole {}

impl Kind for Whole {
    type Item<G: Graph> = Part<G>;

    fn select<G: Graph>(part: Part<G>) -> Option<Part<G>> {
        Some(part)
    }

    fn node<G: Graph>(part: &Part<G>) -> Option<&'static str> {
        part.node().map(GraphNode::name)
    }
}

kinds! {
    /// The updates of nodes.
    Updates, G, G::Update: Part::Update(part) => part.update, update => Some(update.node().name());
    /// The state, or its output type if it has one.
    Values, G, Arc<crate::run::Values<G>>: Part::Values(state) => state, _ => None;
    /// The replies of models, and the messages that nodes write.
    Messages, G, MessagePart<G>: Part::Message(message) => message, message => Some(message.node.name());
    /// The results of tasks that nodes call.
    TaskResults, G, G::TaskResult: Part::TaskResult(part) => part.result, _ => None;
    /// Custom events.
    Custom, G, G::Custom: Part::Custom(custom) => custom.event, _ => None;
    /// The start, the output and the end of every tool call.
    Tools, G, ToolPart<G>: Part::Tool(tool) => tool, tool => Some(tool.node.name());
    /// The start and the end of every task.
    Tasks, G, TaskPart<G>: Part::Task(task) => task, task => Some(task.node.name());
    /// Tasks and checkpoints, with step and time.
    Debug, G, DebugPart<G>: Part::Debug(debug) => *debug, debug => debug.node().map(GraphNode::name);
    /// The saved steps.
    Checkpoints, G, Snapshot<G>: Part::Checkpoint(snapshot) => *snapshot, _ => None;
    /// Every event of graphs, nodes, prompts, models and tools.
    Events, G, Event<G>: Part::Event(event) => *event, event => event.node.map(GraphNode::name);
}

/// The text of models' replies; items are chunks with text.
#[derive(Clone, Copy, Debug)]
pub enum Tokens {}

impl Sealed for Tokens {}

impl Kind for Tokens {
    type Item<G: Graph> = String;

    fn select<G: Graph>(part: Part<G>) -> Option<String> {
        match part {
            Part::Message(MessagePart { content: MessageContent::Chunk(chunk), .. }) => {
                Some(chunk.into_text()).filter(|text| !text.is_empty())
            }
            _ => None,
        }
    }

    fn node<G: Graph>(_: &String) -> Option<&'static str> {
        None
    }
}
