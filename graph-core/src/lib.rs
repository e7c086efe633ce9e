//! Agent graphs that the Rust compiler checks.
//!
//! An agent is a graph of async functions over one typed state. `#[derive(State)]` makes the state's partial update and
//! its reducers, [`#[node]`](macro@node) makes a node of a function, [`graph!`] checks the whole graph while compiling and
//! makes a runner for it. The model and the words are LangGraph's.
//!
//! ```
//! use graph_core::prelude::*;
//!
//! #[derive(State, Clone, Debug, Default)]
//! struct JokeState {
//!     /// A run is given the topic.
//!     #[state(input)]
//!     topic: String,
//!     /// There is no joke until a node writes it.
//!     joke: Late<String>,
//! }
//!
//! /// What a node writes is the type that it returns.
//! #[derive(Update, Clone, Debug)]
//! #[update(JokeState)]
//! struct Refined {
//!     topic: String,
//! }
//!
//! #[derive(Update, Clone, Debug)]
//! #[update(JokeState)]
//! struct Joked {
//!     joke: String,
//! }
//!
//! #[node]
//! async fn refine_topic(JokeState { topic, .. }: &JokeState) -> Refined {
//!     Refined { topic: format!("{topic} and cats") }
//! }
//!
//! #[node]
//! async fn generate_joke(JokeState { topic, .. }: &JokeState) -> Joked {
//!     Joked { joke: format!("This is a joke about {topic}") }
//! }
//!
//! graph! {
//!     JokeGraph<JokeState> {
//!         START -> refine_topic -> generate_joke -> END;
//!     }
//! }
//!
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> graph_core::Result<()> {
//!     let mut updates = JokeGraph::new().run(JokeStateInput { topic: "ice cream".into() }).updates();
//!     while let Some(update) = updates.next().await {
//!         match update? {
//!             JokeGraphUpdate::RefineTopic(Refined { topic }) => assert_eq!(topic, "ice cream and cats"),
//!             JokeGraphUpdate::GenerateJoke(Joked { joke }) => println!("{joke}"),
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Where to look
//! - [`state`]: fields, reducers, partial updates, `Late` fields.
//! - [`mod@node`] and [`context`]: what a node is given, and what it may return.
//! - [`graph!`] and [`mod@graph`]: edges, routers, joins, `for` edges, and the items `exit`, `calls`, `defer`, `defaults`,
//!   `custom`; what is checked.
//! - [`node::Command`]: nodes that decide themselves where to go.
//! - [`state::SubgraphState`], [`run::Run::as_child_of`] and [`run::Run::subgraphs`]: graphs as nodes of graphs, graphs that a node runs,
//!   and what is heard from inside them.
//! - [`graph::Draw`]: the pictures of a graph, as Mermaid, Graphviz, SVG, JSON, and for a terminal.
//! - [`run`]: runs and their streams; [`run::Part`] has the order in which parts come, which is a contract.
//!   [`Run::interrupt_before`](run::Run::interrupt_before) makes a run stop at a node, [`run::DrainHandle`] at its next step.
//! - [`thread`] and [`checkpoint`]: memory from run to run, and the log that keeps it.
//! - [`node::Policy`] and [`mod@cache`]: retries, timeouts and caches.
//! - [`docs::reading_graph_errors`] and [`docs::differences`]: what the compiler says, and what is not as in LangGraph.
//! - [`message`] and [`model`]: messages, chat models, and the two models that need no network.
pub mod cache;
pub mod checkpoint;
pub mod context;
pub mod docs;
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
///
/// # Items
/// - `a -> b -> c;`: edges. `START` and `END` are where a run begins and ends; `a -> [b, c];` leads to both.
/// - `[a, b] -> c;`: a join. `c` runs once both have run.
/// - `a -> |state| match .. { .. };`: a router, which sees the state after the step and says what follows: `match`, `if`,
///   `for` (a task for each item), blocks and lists, with nodes and `END` at the leaves.
/// - `a -> |state, route| match route { .. };`: the same behind a node that returns a [`Command`](crate::node::Command), or
///   behind a graph with exits. It runs once for each task, with the route that the task decided on, or the exit that it took.
/// - `a as b`: the node `a` under another name, as a node of its own.
/// - `Child as b`: another graph as a node, over the same state or over one that runs [within](crate::state::SubgraphState) it.
/// - `exit Name;`: another way in which a run can end, beside the plain one: `a -> END::Name;`, or at the leaf of a router. It
///   ends the run with the super-step, whatever else would have followed, and a graph around it says where it leads. The
///   exits are an enum, `<Graph>Exit`, with `End` for the plain end.
/// - `calls Child;`: its nodes run that graph inside themselves, by [`as_child_of`](crate::run::Run::as_child_of).
/// - `defaults(retry(max_attempts = 3), timeout = "30s");`: the [policies](crate::node::Policy) of nodes that have none.
/// - `defer a, b;`: these nodes wait. Whatever leads to one puts it aside, and where nothing else is left to run, all that
///   were put aside run together, once each. So branches of any length meet in a deferred node, whichever of them a run
///   takes; a join waits for the nodes that it names. What a `for` edge sends runs at once, so its node cannot wait.
/// - `custom T;`: the type of the events that nodes [emit](crate::context::Context::emit).
#[macro_export]
macro_rules! graph {
    ($($graph:tt)*) => {
        $crate::__private::graph_impl! { [$crate] $($graph)* }
    };
}
