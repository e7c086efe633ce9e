//! What a stream is of, as a type: so that what comes from inside a subgraph is what the stream is of, too.

use std::sync::Arc;

use crate::graph::Graph;
use crate::run::{DebugPart, Event, MessageContent, MessagePart, Output, Part, TaskPart};
use crate::thread::Snapshot;

use self::sealed::Sealed;

mod sealed {
    pub trait Sealed {}
}

/// What a stream is of: for each graph a type, and how to find it in a part of the whole stream. Sealed: the kinds are
/// those of this module.
pub trait Kind: Sealed + 'static {
    /// What the stream shows of the graph `G`.
    type Item<G: Graph>: Send + 'static;

    /// What the stream shows of a part, if it shows it.
    fn select<G: Graph>(part: Part<G>) -> Option<Self::Item<G>>;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident, $graph:ident, $item:ty: $part:pat => $out:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub enum $kind {}

        impl Sealed for $kind {}

        impl Kind for $kind {
            type Item<$graph: Graph> = $item;

            fn select<$graph: Graph>(part: Part<$graph>) -> Option<$item> {
                match part {
                    $part => Some($out),
                    #[allow(unreachable_patterns)]
                    _ => None,
                }
            }
        }
    )*};
}

kinds! {
    /// Parts of every mode that was asked for.
    Whole, G, Part<G>: part => part;
    /// What nodes write.
    Updates, G, G::Update: Part::Update(part) => part.update;
    /// The state, or its output type where it has one.
    Values, G, Arc<Output<G>>: Part::Values(state) => state;
    /// What models say, and the messages that nodes write.
    Messages, G, MessagePart<G>: Part::Message(message) => message;
    /// What nodes emit.
    Custom, G, G::Custom: Part::Custom(custom) => custom.event;
    /// The start and the end of every task.
    Tasks, G, TaskPart<G>: Part::Task(task) => task;
    /// Tasks and checkpoints, with step and time.
    Debug, G, DebugPart<G>: Part::Debug(debug) => *debug;
    /// Steps as they are saved.
    Checkpoints, G, Snapshot<G>: Part::Checkpoint(snapshot) => *snapshot;
    /// Everything that happens inside.
    Events, G, Event<G>: Part::Event(event) => *event;
}

/// The text of what models say, where a piece has any.
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
}
