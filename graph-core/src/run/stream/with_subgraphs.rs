//! Streams of a run and its subgraphs.

use std::collections::VecDeque;

use crate::graph::Graph;
use crate::run::stream::kind::{self, Kind};
use crate::run::{Gives, NoThread, NotGiven};
use crate::run::{Mode, Namespace, Part, PartStream, Run, RunStream};

/// An item of a stream with subgraphs: of the graph itself, or of one of its subgraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WithSubgraphs<T, I> {
    /// Of the graph itself.
    Own(T),
    /// Of a subgraph: the enclosing tasks, and the item in the subgraph's own form.
    Subgraph(Namespace, I),
}

/// A run whose streams include those of its subgraphs: see [`Run::subgraphs`].
#[must_use = "a run does nothing until its stream is read"]
pub struct RunWithSubgraphs<G: Graph, On = NoThread, Cx = NotGiven>(Run<G, On, Cx>);

/// A stream of one kind, of a graph and its subgraphs.
pub type StreamWithSubgraphs<G, K> = RunStream<G, WithSubgraphs<<K as Kind>::Item<G>, <G as Graph>::SubgraphItem<K>>>;

impl<G: Graph, On, Cx> Run<G, On, Cx> {
    /// Includes the parts of subgraphs, typed and under their namespace.
    ///
    /// Without it, a subgraph is one node: its update holds the returned fields, and the messages that it wrote come
    /// whole when it ends. With it, what its nodes have streamed is not streamed again when it ends.
    ///
    /// The item is the graph's generated `<Graph>Subgraph`: for each subgraph a variant, and a variant `..Nested` for
    /// its own subgraphs. If it has none, that variant has no value, and a `match` on the item (by value, not by
    /// reference) needs no arm for it. Code that treats all subgraphs alike needs no arm for each:
    /// [`SubgraphOrigin`](crate::graph::SubgraphOrigin) names an item's graph and node.
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
    ///
    /// // All subgraphs alike.
    /// let mut updates = Talk::new().run(TextInput { text: "hello".into() }).subgraphs().updates();
    /// let mut seen = Vec::new();
    /// while let Some(update) = updates.next().await {
    ///     seen.push(match update? {
    ///         WithSubgraphs::Own(update) => format!("{}: {update:?}", update.node()),
    ///         WithSubgraphs::Subgraph(namespace, update) => {
    ///             format!("{} > {}: {update:?}", namespace.segments()[0].node, update.node().unwrap_or("-"))
    ///         }
    ///     });
    /// }
    /// assert_eq!(seen[0], r#"loudly > shout: Loudly(Shout(NewText { text: "HELLO" }))"#);
    /// # Ok(())
    /// # }
    /// ```
    pub fn subgraphs(self) -> RunWithSubgraphs<G, On, Cx> {
        RunWithSubgraphs(self)
    }
}

impl<G: Graph, On, Cx> RunWithSubgraphs<G, On, Cx> {
    /// The updates of nodes: see [`Run::updates`].
    pub fn updates(self) -> StreamWithSubgraphs<G, kind::Updates>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::UPDATES)
    }

    /// States: see [`Run::values`].
    pub fn values(self) -> StreamWithSubgraphs<G, kind::Values>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::VALUES)
    }

    /// The replies of models: see [`Run::messages`].
    pub fn messages(self) -> StreamWithSubgraphs<G, kind::Messages>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::MESSAGES)
    }

    /// The text of models' replies: see [`Run::tokens`].
    pub fn tokens(self) -> StreamWithSubgraphs<G, kind::Tokens>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::MESSAGES)
    }

    /// Custom events: see [`Run::custom`].
    pub fn custom(self) -> StreamWithSubgraphs<G, kind::Custom>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::CUSTOM)
    }

    /// The start, the output and the end of every tool call: see [`Run::tools`].
    pub fn tools(self) -> StreamWithSubgraphs<G, kind::Tools>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::TOOLS)
    }

    /// The results of tasks that nodes call: see [`Run::task_results`].
    pub fn task_results(self) -> StreamWithSubgraphs<G, kind::TaskResults>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::UPDATES)
    }

    /// The start and the end of every task: see [`Run::tasks`].
    pub fn tasks(self) -> StreamWithSubgraphs<G, kind::Tasks>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::TASKS)
    }

    /// Tasks and checkpoints: see [`Run::debug`].
    pub fn debug(self) -> StreamWithSubgraphs<G, kind::Debug>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::DEBUG)
    }

    /// The saved steps: see [`Run::checkpoints`].
    pub fn checkpoints(self) -> StreamWithSubgraphs<G, kind::Checkpoints>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::CHECKPOINTS)
    }

    /// Every event: see [`Run::events`].
    pub fn events(self) -> StreamWithSubgraphs<G, kind::Events>
    where
        Cx: Gives<G>,
    {
        self.of(Mode::EVENTS)
    }

    /// Several modes as one enum; parts of subgraphs are [`Part::Subgraph`].
    pub fn stream(self, modes: Mode) -> PartStream<G>
    where
        Cx: Gives<G>,
    {
        self.0.stream(modes | Mode::SUBGRAPHS)
    }

    fn of<K: Kind>(self, mode: Mode) -> StreamWithSubgraphs<G, K>
    where
        Cx: Gives<G>,
    {
        RunStream::new(self.stream(mode), pick::<G, K>)
    }
}

fn pick<G: Graph, K: Kind>(parts: &mut VecDeque<Part<G>>) -> Option<WithSubgraphs<K::Item<G>, G::SubgraphItem<K>>> {
    match parts.pop_front()? {
        Part::Subgraph(inside) => Some(WithSubgraphs::Subgraph(inside.namespace, G::select::<K>(inside.part)?)),
        part => K::select(part).map(WithSubgraphs::Own),
    }
}

impl<G: Graph, On, Cx> std::fmt::Debug for RunWithSubgraphs<G, On, Cx> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("RunWithSubgraphs").field(&self.0).finish()
    }
}
