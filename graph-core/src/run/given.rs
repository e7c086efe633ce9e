//! The context of a run: given to it once, and never saved.

use super::Run;
use crate::graph::Graph;
use crate::graph::given::Declared;

/// Marks a [`Run`] that was given no context: it starts if the graph declares none, or if the declared type has a
/// default.
#[derive(Clone, Copy, Debug, Default)]
pub struct NotGiven;

/// Marks a [`Run`] with its context: see [`Run::context`].
#[derive(Clone, Copy, Debug)]
pub struct Given<T>(T);

/// What a run of `G` was given: it can start.
pub trait Gives<G: Graph>: Send + Unpin + 'static {
    #[doc(hidden)]
    fn take(self) -> G::Context;
}

impl<G: Graph> Gives<G> for NotGiven
where
    G::Context: HasDefault,
{
    fn take(self) -> G::Context {
        HasDefault::default_context()
    }
}

impl<G: Graph> Gives<G> for Given<Box<G::Context>> {
    fn take(self) -> G::Context {
        *self.0
    }
}

/// A context with a default.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "this run needs a context: its graph declares `context {Self};`",
    label = "the run was not given its `{Self}`, which has no default",
    note = "write `.run(input).context(..)`; a run that continues a thread needs it again, because it is not saved"
)]
pub trait HasDefault {
    fn default_context() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> HasDefault for T {
    fn default_context() -> Self {
        T::default()
    }
}

impl<G: Graph, On, Cx> Run<G, On, Cx> {
    /// What this run is given besides its input: the graph declares the type with `context T;`, and its nodes read it
    /// with [`Context::context`](crate::context::Context::context).
    ///
    /// A run without it does not compile, unless `T` has a default. It is never saved: a run that continues a thread is
    /// given its own. (LangGraph: `context_schema` and `runtime.context`.)
    ///
    /// ```
    /// use graph_core::prelude::*;
    ///
    /// #[derive(State, Clone, Debug, Default)]
    /// struct Greeting {
    ///     #[state(input)]
    ///     text: String,
    /// }
    ///
    /// struct User {
    ///     name: String,
    /// }
    ///
    /// #[derive(Update, Clone, Debug)]
    /// #[update(Greeting)]
    /// struct Text {
    ///     text: String,
    /// }
    ///
    /// #[node]
    /// fn greet(Greeting { text }: &Greeting, cx: &Context<Greet>) -> Text {
    ///     Text { text: format!("{text}, {}", cx.context().name) }
    /// }
    ///
    /// graph! {
    ///     Greet<Greeting> {
    ///         context User;
    ///
    ///         START -> greet -> END;
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> graph_core::Result<()> {
    /// let user = User { name: "Ada".into() };
    /// let greeting = Greet::new().run(GreetingInput { text: "hello".into() }).context(user).await?;
    /// assert_eq!(greeting.text, "hello, Ada");
    /// # Ok(())
    /// # }
    /// ```
    pub fn context(self, context: G::Context) -> Run<G, On, Given<Box<G::Context>>>
    where
        G::NeedsContext: Declared,
    {
        self.with_context(context)
    }

    /// The same for a graph that may declare none.
    pub(crate) fn with_context(self, context: G::Context) -> Run<G, On, Given<Box<G::Context>>> {
        self.given(Given(Box::new(context)))
    }
}
