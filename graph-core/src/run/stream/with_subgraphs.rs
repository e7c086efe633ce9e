//! Streams of a run and of the subgraphs inside it.

use std::collections::VecDeque;

use crate::graph::Graph;
use crate::run::NoThread;
use crate::run::stream::kind::{self, Kind};
use crate::run::{Mode, Namespace, Part, PartStream, Run, RunStream};

/// An item of a stream that shows subgraphs: from the graph itself, or from inside one of its subgraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WithSubgraphs<T, I> {
    /// From the graph itself.
    Own(T),
    /// From inside a subgraph: of which tasks, and which subgraph's.
    Subgraph(Namespace, I),
}

/// A run whose streams show what happens inside its subgraphs, too: see [`Run::subgraphs`].
#[must_use = "a run does nothing until its stream is read"]
pub struct RunWithSubgraphs<G: Graph, On = NoThread>(Run<G, On>);

/// A stream of one kind, of a graph and its subgraphs.
pub type StreamWithSubgraphs<G, K> = RunStream<G, WithSubgraphs<<K as Kind>::Item<G>, <G as Graph>::SubgraphItem<K>>>;

impl<G: Graph, On> Run<G, On> {
    /// Shows what happens inside subgraphs, too, under their namespace and typed as the subgraph's own.
    ///
    /// Without it, a subgraph is one node: its update is what came back out of it, and the messages that it wrote come
    /// whole when it ends. With it, what was streamed from inside is not repeated when it comes out.
    ///
    /// What comes from inside is the graph's generated `<Graph>Subgraph`: a variant for each subgraph, and one, `..Nested`, for
    /// what is further in. Where there is nothing further in, that variant has no value, and a `match` on the item (by
    /// value, not by reference) needs no arm for it.
    ///
    /// ```
    /// use graph_core::prelude::*;
    ///
    /// #[derive(State, Clone, Debug, Default)]
    /// struct Text {
    ///     #[state(input)]
    ///     text: String,
    /// }
    ///
    /// #[derive(Update, Clone, Debug)]
    /// #[update(Text)]
    /// struct NewText {
    ///     text: String,
    /// }
    ///
    /// #[node]
    /// async fn shout(Text { text }: &Text) -> NewText {
    ///     NewText { text: text.to_uppercase() }
    /// }
    ///
    /// graph! { Shouting<Text> { START -> shout -> END; } }
    /// graph! { Talk<Text> { START -> Shouting as loudly -> END; } }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> graph_core::Result<()> {
    /// let mut updates = Talk::new().run(TextInput { text: "hello".into() }).subgraphs().updates();
    /// let mut seen = Vec::new();
    /// while let Some(update) = updates.next().await {
    ///     match update? {
    ///         WithSubgraphs::Own(TalkUpdate::Loudly(_)) => seen.push("loudly".to_owned()),
    ///         WithSubgraphs::Subgraph(namespace, TalkSubgraph::Loudly(ShoutingUpdate::Shout(NewText { text }))) => {
    ///             assert!(namespace.to_string().starts_with("loudly:"));
    ///             seen.push(text);
    ///         }
    ///     }
    /// }
    /// assert_eq!(seen, ["HELLO", "loudly"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn subgraphs(self) -> RunWithSubgraphs<G, On> {
        RunWithSubgraphs(self)
    }
}

impl<G: Graph, On> RunWithSubgraphs<G, On> {
    /// What nodes write: see [`Run::updates`].
    pub fn updates(self) -> StreamWithSubgraphs<G, kind::Updates> {
        self.of(Mode::UPDATES)
    }

    /// States: see [`Run::values`].
    pub fn values(self) -> StreamWithSubgraphs<G, kind::Values> {
        self.of(Mode::VALUES)
    }

    /// What models say: see [`Run::messages`].
    pub fn messages(self) -> StreamWithSubgraphs<G, kind::Messages> {
        self.of(Mode::MESSAGES)
    }

    /// The text of what models say: see [`Run::tokens`].
    pub fn tokens(self) -> StreamWithSubgraphs<G, kind::Tokens> {
        self.of(Mode::MESSAGES)
    }

    /// What nodes emit: see [`Run::custom`].
    pub fn custom(self) -> StreamWithSubgraphs<G, kind::Custom> {
        self.of(Mode::CUSTOM)
    }

    /// The start and the end of every task: see [`Run::tasks`].
    pub fn tasks(self) -> StreamWithSubgraphs<G, kind::Tasks> {
        self.of(Mode::TASKS)
    }

    /// Tasks and checkpoints: see [`Run::debug`].
    pub fn debug(self) -> StreamWithSubgraphs<G, kind::Debug> {
        self.of(Mode::DEBUG)
    }

    /// Steps as they are saved: see [`Run::checkpoints`].
    pub fn checkpoints(self) -> StreamWithSubgraphs<G, kind::Checkpoints> {
        self.of(Mode::CHECKPOINTS)
    }

    /// Everything that happens inside: see [`Run::events`].
    pub fn events(self) -> StreamWithSubgraphs<G, kind::Events> {
        self.of(Mode::EVENTS)
    }

    /// Several modes at once; what comes from inside is [`Part::Subgraph`].
    pub fn stream(self, modes: Mode) -> PartStream<G> {
        self.0.stream(modes | Mode::SUBGRAPHS)
    }

    fn of<K: Kind>(self, mode: Mode) -> StreamWithSubgraphs<G, K> {
        RunStream::new(self.stream(mode), pick::<G, K>)
    }
}

fn pick<G: Graph, K: Kind>(parts: &mut VecDeque<Part<G>>) -> Option<WithSubgraphs<K::Item<G>, G::SubgraphItem<K>>> {
    match parts.pop_front()? {
        Part::Subgraph(inside) => Some(WithSubgraphs::Subgraph(inside.namespace, G::select::<K>(inside.part)?)),
        part => K::select(part).map(WithSubgraphs::Own),
    }
}

impl<G: Graph, On> std::fmt::Debug for RunWithSubgraphs<G, On> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RunWithSubgraphs").field(&self.0).finish()
    }
}
