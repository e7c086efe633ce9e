//! Agent graphs that the Rust compiler checks.
pub mod checkpoint;
pub mod context;
mod error;
pub mod graph;
pub mod message;
pub mod model;
pub mod node;
pub mod prelude;
pub mod run;
pub mod state;
pub mod thread;

#[doc(hidden)]
#[path = "private/mod.rs"]
pub mod __private;

pub use graph_macros::{State, Update, node, reducer};

pub use error::{Error, Failure, Result};

/// Makes a graph of nodes: its type, the enums of its nodes and of their updates, and all that runs it.
///
/// ```
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default)]
/// struct JokeState {
///     #[state(input)]
///     topic: String,
///     joke: Late<String>,
/// }
///
/// #[derive(Update, Clone, Debug)]
/// #[update(JokeState)]
/// struct Joked {
///     joke: String,
/// }
///
/// #[node]
/// async fn joke(JokeState { topic, .. }: &JokeState) -> Joked {
///     Joked { joke: format!("This is a joke about {topic}") }
/// }
///
/// graph! {
///     /// Jokes about a topic.
///     JokeGraph<JokeState> {
///         START -> joke;
///         joke -> |state| if state.joke.len() > 280 { joke } else { END };
///     }
/// }
///
/// assert_eq!(JokeGraphNode::ALL, [JokeGraphNode::Joke]);
/// ```
#[macro_export]
macro_rules! graph {
    ($($graph:tt)*) => {
        $crate::__private::graph_impl! { [$crate] $($graph)* }
    };
}
