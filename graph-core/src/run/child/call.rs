//! A run that a node starts as a child of its own run.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::ChildRun;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::graph::{Calls, Graph};
use crate::run::engine::output;
use crate::run::{Gives, MaybeChild, Output, Run};
use crate::state::{RunOutput as _, State as _};

/// The future of a child run. (Boxed, so that an undeclared graph is one error.)
pub type ChildFuture<T> = Pin<Box<dyn Future<Output = Result<T>> + Send>>;

impl<G: Graph, On, Cx> Run<G, On, Cx> {
    /// Runs the graph as a child of the node's task: it is cancelled with the task, and its parts are in the stream of
    /// `P`'s run if [`subgraphs`](Self::subgraphs) were requested.
    ///
    /// `P` declares it: `calls G;`. The limits, handles, tags and metadata are those of the parent run; its own are
    /// ignored. The [store](mod@crate::store) is its own, or that of the parent run if it was given none.
    ///
    /// A run of `G` that a node of `P` polls without this is an [`Error::NotAttached`]: `P` says that what happens in it
    /// is shown. A run of its own is [spawned](Self::spawn), or is on a thread: what the node does not poll itself is not
    /// noticed, nor is what a task polls that the node has spawned. A graph that `P` does not declare may be run in any
    /// way.
    ///
    /// A run on a [thread](crate::thread::Thread) cannot be a child: a node awaits it by itself. It then has its own
    /// limits and stream and its own thread, which outlives the node's task and needs an id that no graph around it uses.
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
    /// graph! {
    ///     Shouting<Text> {
    ///         START -> shout -> END;
    ///     }
    /// }
    ///
    /// /// Runs the other graph once a word.
    /// #[node]
    /// async fn each_word(Text { text }: &Text, cx: &Context<Words>) -> NodeResult<NewText> {
    ///     let mut words = Vec::new();
    ///     for word in text.split(' ') {
    ///         words.push(Shouting::new().run(TextInput { text: word.into() }).as_child_of(cx).await?.text);
    ///     }
    ///     Ok(NewText { text: words.join("-") })
    /// }
    ///
    /// graph! {
    ///     Words<Text> {
    ///         calls Shouting;
    ///
    ///         START -> each_word -> END;
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> graph_core::Result<()> {
    /// let text = Words::new().run(TextInput { text: "hello world".into() }).await?;
    /// assert_eq!(text.text, "HELLO-WORLD");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of the run.
    pub fn as_child_of<P: Calls<G>>(self, cx: &Context<P>) -> ChildFuture<Output<G>>
    where
        On: MaybeChild,
        Cx: Gives<G>,
    {
        let Some((deps, input, store)) = self.into_parts() else {
            return Box::pin(std::future::ready(Err(Error::NotEnded { graph: G::NAME })));
        };
        let run = ChildRun::<G, P>::new(G::State::__initial(), input, deps, store, cx, P::INDEX);
        Box::pin(async move {
            output::<G>(&Arc::new(run?.await?.state)).map(Output::<G>::__into_owned).map_err(|error| *error)
        })
    }
}
