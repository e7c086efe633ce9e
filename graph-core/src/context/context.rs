//! The context of one graph.

use std::any::Any;
use std::marker::PhantomData;
use std::ops::Deref;

use super::RunContext;
use crate::graph::Graph;
use crate::graph::given::{Declared, DeclaresStore};
use crate::interrupt::{Asks, Interrupt};
use crate::message::Message;
use crate::run::kind::Whole;
use crate::run::memory::{Ask, ask};
use crate::run::{Namespace, Part, Pushed, Shared, SubgraphPart};
use crate::state::HasMessages;
use crate::store::Store;

/// The context of a node of `G`: the graph's dependencies, its custom events, and everything of [`RunContext`].
pub struct Context<G: Graph> {
    pub(crate) run: RunContext,
    graph: PhantomData<fn() -> G>,
}

impl<G: Graph> Context<G> {
    /// The context of a run of `G`.
    pub(crate) fn new(run: RunContext) -> Self {
        Self { run, graph: PhantomData }
    }

    /// The shared state of the run. It is reached through the sink, so that a context costs one reference count, not
    /// two.
    pub(crate) fn shared(&self) -> &Shared<G> {
        let sink: &dyn Any = &*self.run.sink;
        sink.downcast_ref().expect("the engine makes the context of a graph with the sink of a run of that graph")
    }

    /// The dependencies of the graph.
    #[must_use]
    pub fn deps(&self) -> &G::Deps {
        self.shared().deps()
    }

    /// What this run was given by [`Run::context`](crate::run::Run::context); the graph declares its type with
    /// `context T;`. It is not part of the state, and is never saved.
    ///
    /// In a subgraph, it is what the context of the graph around it [provides](crate::graph::Provide).
    #[must_use]
    pub fn context(&self) -> &G::Context
    where
        G::NeedsContext: Declared,
    {
        self.shared().deps.context()
    }

    /// The long-term memory of the graph, which declares it with `store;`: see [`mod@crate::store`].
    ///
    /// A graph that does not declare it may be given one nevertheless, with [`App::store`](crate::run::App::store); then
    /// its nodes reach it by [`RunContext::store`].
    #[expect(clippy::missing_panics_doc, reason = "no such graph is made, and none is in another one, without a store")]
    #[must_use]
    pub fn store(&self) -> &Store
    where
        G::NeedsStore: DeclaresStore,
    {
        self.run
            .given_store()
            .expect("the `new` of a graph that declares `store;` takes one, as does that of its parent")
    }

    /// Pushes a message before the node ends: `messages` mode streams it whole and at once, and it is written to the
    /// state's messages field before the node's update.
    ///
    /// It requires a state with exactly one such field, and the typed context: a `&RunContext` has no `push_message`. A
    /// message without an id gets one. In `updates` mode it is a [`Part::Pushed`](crate::run::Part::Pushed), once the
    /// task has ended. The pushed messages of a failed attempt are streamed, with the attempt, but not written. A node
    /// in the same step that replaces the messages does not replace it.
    ///
    /// ```
    /// use graph_core::prelude::*;
    ///
    /// #[derive(State, Clone, Debug, Default)]
    /// struct Chat {
    ///     #[state(input, reduce = AddMessages)]
    ///     messages: Vec<Message>,
    /// }
    ///
    /// #[derive(Update, Clone, Debug)]
    /// #[update(Chat)]
    /// struct Said {
    ///     messages: Messages,
    /// }
    ///
    /// #[node]
    /// async fn search(_: &Chat, cx: &Context<ChatGraph>) -> Said {
    ///     cx.push_message(Message::assistant("I am looking it up"));
    ///     // .. which takes a while ..
    ///     Said { messages: Message::assistant("Here it is").into() }
    /// }
    ///
    /// graph! {
    ///     ChatGraph<Chat> {
    ///         START -> search -> END;
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> graph_core::Result<()> {
    /// let Chat { messages } = ChatGraph::new().run(ChatInput { messages: Message::user("well?").into() }).await?;
    /// let texts: Vec<_> = messages.iter().map(Message::text).collect();
    /// assert_eq!(texts, ["well?", "I am looking it up", "Here it is"]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn push_message(&self, mut message: Message)
    where
        G::State: HasMessages,
    {
        self.run.heartbeat();
        self.run.note_pushed();
        message.ensure_id();
        self.shared().push_message(Pushed::new(self.run.task, message));
    }

    /// Asks a human, and waits for the answer: the run is interrupted until the thread is resumed with it.
    ///
    /// The graph declares the type with `interrupt I;`, and so does every graph around it. The other tasks of the super-step
    /// run to their ends and are saved; then the run ends, with
    /// [`Outcome::Interrupted`](crate::run::Outcome::Interrupted). [`Thread::resume`](crate::thread::Thread::resume)
    /// continues it, also in another process.
    ///
    /// The task ends here, and runs again from the node's start once all its interrupts are answered: what stands before has
    /// its effects again, unless it is a [`step`](super::RunContext::step). The n-th interrupt of a type that a node asks
    /// gets the n-th answer. Neither a `?`, a retry, a timeout nor an error handler sees the interrupt.
    ///
    /// # Errors
    /// The answer cannot be read: its type has changed since it was saved.
    #[expect(clippy::needless_pass_by_value, reason = "the question is given away, as a message is")]
    pub fn interrupt<I: Interrupt>(&self, interrupt: I) -> Ask<I::Resume>
    where
        G: Asks<I>,
    {
        ask(&self.run, &interrupt)
    }

    /// Emits a part of a child run.
    pub(crate) fn emit_from_child(&self, namespace: Namespace, part: G::SubgraphItem<Whole>) {
        self.run.heartbeat();
        self.shared().outbox.push(Part::Subgraph(Box::new(SubgraphPart { namespace, part })));
    }

    /// Emits the result of a task.
    pub(crate) fn emit_task_result(&self, result: G::TaskResult) {
        self.run.heartbeat();
        self.shared().emit_task_result(&self.run.task, result);
    }

    /// Emits a custom event, which is streamed at once, before the node ends.
    ///
    /// The graph declares the type of its events with `custom T;`. If the mode is not streamed, nothing happens.
    pub fn emit(&self, event: G::Custom) {
        self.run.heartbeat();
        self.shared().emit_custom(&self.run.task, event);
    }
}

impl<G: Graph> Deref for Context<G> {
    type Target = RunContext;

    fn deref(&self) -> &RunContext {
        &self.run
    }
}

impl<G: Graph> Clone for Context<G> {
    fn clone(&self) -> Self {
        Self::new(self.run.clone())
    }
}

impl<G: Graph> std::fmt::Debug for Context<G> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.run.fmt(f)
    }
}
