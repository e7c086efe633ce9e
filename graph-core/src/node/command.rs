//! A node that decides itself where to go.

/// An update together with where to go next: what a node returns that decides itself (LangGraph's `Command(goto=..)`).
///
/// The route is a value of the node's own, mostly an enum. The edge behind the node routes on it, and says where in the
/// graph each route leads; so a route that nobody handles does not compile, and neither does a plain edge beside it. A
/// router with a route runs once for each task of its node, with that task's route, after the merge of the super-step.
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
    /// What the node writes.
    pub update: U,
    /// Where it goes.
    pub route: R,
}

impl<U, R> Command<U, R> {
    /// Writes this, and goes there.
    pub const fn new(update: U, route: R) -> Self {
        Self { update, route }
    }
}
