//! Nodes that choose their own route.

/// An update together with a route: the return type of a node that chooses where to go (LangGraph's
/// `Command(goto=..)`).
///
/// The route is a value of any type, usually an enum. The edge after the node matches on the route and names the target
/// of each; an unhandled route does not compile, and neither does a plain edge beside the router. A router with a route
/// runs once for each task of its node, with that task's route, after the updates of the super-step are applied.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct Draft {
///     #[state(input)]
///     text: String,
/// }
///
/// #[derive(Update, Clone, Debug)]
/// #[update(Draft)]
/// struct Text {
///     text: String,
/// }
///
/// enum Verdict {
///     Good,
///     TooShort,
/// }
///
/// #[node]
/// async fn review(Draft { text }: &Draft) -> Command<Text, Verdict> {
///     let verdict = if text.len() < 5 { Verdict::TooShort } else { Verdict::Good };
///     Command::new(Text { text: text.trim().to_owned() }, verdict)
/// }
///
/// #[node]
/// async fn extend(Draft { text }: &Draft) -> Text {
///     Text { text: format!("{text} and more") }
/// }
///
/// graph! {
///     Reviews<Draft> {
///         START -> review;
///         review -> |_, verdict| match verdict {
///             Verdict::Good => END,
///             Verdict::TooShort => extend,
///         };
///         extend -> review;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> graph_core::Result<()> {
/// let draft = Reviews::new().run(DraftInput { text: "ok".into() }).await?;
/// assert_eq!(draft.text, "ok and more");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Command<U, R> {
    /// The update.
    pub update: U,
    /// The route.
    pub route: R,
}

impl<U, R> Command<U, R> {
    /// A command with this update and this route.
    pub const fn new(update: U, route: R) -> Self {
        Self { update, route }
    }
}
