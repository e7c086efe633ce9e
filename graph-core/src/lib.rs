//! Agent graphs that the Rust compiler checks.
//!
//! An agent is a graph of async functions over one typed state. `#[derive(State)]` generates the state's partial update
//! and applies its reducers, [`#[node]`](macro@node) turns a function into a node, and [`graph!`] checks the whole
//! graph at compile time and generates its runner. The execution model and the terms are LangGraph's.
//!
//! ```
//! use graph_core::prelude::*;
//!
//! #[derive(State, Clone, Debug, Default)]
//! struct JokeState {
//!     /// The input of a run.
//!     #[state(input)]
//!     topic: String,
//!     /// Has no value until a node writes it.
//!     joke: Late<String>,
//! }
//!
//! /// The return type of a node has exactly the fields that it writes.
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
//! - [`mod@node`] and [`context`]: parameters and return types of nodes.
//! - [`graph!`] and [`mod@graph`]: edges, routers, joins, `for` edges, and the items `exit`, `calls`, `defer`,
//!   `each`, `defaults`, `custom`; what is checked.
//! - [`node::Command`]: nodes that choose their route.
//! - [`state::SubgraphState`]: graphs as nodes of other graphs. [`run::Run::as_child_of`]: graphs that a node runs
//!   itself. [`run::Run::subgraphs`]: the parts streamed from inside them.
//! - [`graph::Draw`]: pictures of a graph, as Mermaid, Graphviz, SVG, JSON, and for a terminal.
//! - [`run`]: runs and their streams; [`run::Part`] documents the order of parts, which is a contract.
//!   [`Run::interrupt_before`](run::Run::interrupt_before) sets a breakpoint; [`run::DrainHandle`] stops a run after
//!   its current step.
//! - [`mod@interrupt`]: asking a human in the middle of a run.
//! - [`functional`]: tasks, whose results are saved, and workflows, which are plain async code.
//! - [`thread`] and [`checkpoint`]: memory across runs, and the log that stores it.
//! - [`store`]: long-term memory, shared by all threads.
//! - [`node::Policy`] and [`mod@cache`]: retries, timeouts and caches.
//! - [`docs::reading_graph_errors`] and [`docs::differences`]: the compiler's messages, and the differences from
//!   LangGraph.
//! - [`erased`]: a graph without its types, with JSON at its door.
//! - [`mod@tool`]: what models call. [`agent`]: the ready-made agent.
//! - [`message`] and [`model`]: messages, chat models, and two models that need no network.
//!
//! # Features
//! - `draw` (default): [`graph::Draw`], the pictures of graphs.
pub mod agent;
pub mod cache;
pub mod checkpoint;
pub mod context;
pub mod docs;
pub mod erased;
mod error;
pub mod functional;
pub mod graph;
pub mod interrupt;
pub mod message;
pub mod model;
pub mod node;
mod panic;
pub mod prelude;
mod random;
pub mod run;
pub mod state;
pub mod store;
pub mod thread;
pub mod tool;

#[doc(hidden)]
#[expect(missing_debug_implementations, reason = "only expansions name these types")]
#[path = "private/mod.rs"]
pub mod __private;

pub use graph_macros::{Interrupt, State, Update, node, reducer, task, tool, workflow};
#[doc(hidden)]
pub use schemars;
/// The JSON Schema of a type, for arguments of [tools](mod@tool): `#[derive(JsonSchema)]`.
///
/// The derive's code names the crate `schemars`, which the prelude brings along. Without the prelude, add
/// `#[schemars(crate = "graph_core::schemars")]`.
pub use schemars::JsonSchema;

pub use error::{AnswerProblem, Error, Failure, Result};

/// Defines a graph: its type, the enums of its nodes and of their updates, and the code that runs it.
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
///         joke -> |JokeState { joke: told, .. }| if told.len() > 280 { joke } else { END };
///     }
/// }
///
/// assert_eq!(JokeGraphNode::ALL, [JokeGraphNode::Joke]);
/// ```
///
/// # Items
/// - `a -> b -> c;`: edges. A run begins at `START` and ends at `END`; `a -> [b, c];` leads to both nodes.
/// - `[a, b] -> c;`: a join. `c` runs once both have run.
/// - `a -> |state| match .. { .. };`: a router. It sees the state after the super-step and selects the next nodes:
///   `match`, `if`, `for` (a task for each item), blocks and lists, with nodes and `END` at the leaves. The fields that
///   its pattern binds are checked reads, as in a node. A `for` over nothing starts no task, and the run goes on behind its
///   node as if the tasks had run: along its edge, by its router, at its join. Where that is not meant, an `if` around the
///   `for` says what else to do.
/// - `a -> |state, route| match route { .. };`: a router behind a node that returns a
///   [`Command`](crate::node::Command), or behind a graph with exits. It runs once for each task, with the task's route
///   or exit.
/// - `a as b`: the node `a` under another name, as a separate node.
/// - `Child as b`: another graph as a node, over the same state or over a [subgraph
///   state](crate::state::SubgraphState).
/// - `exit Name;`: another end of a run besides `END`: `a -> END::Name;`, also at the leaf of a router. It ends the run
///   with the super-step, whatever else is scheduled, and a parent graph names its target. The exits form an enum,
///   `<Graph>Exit`, with `End` for the plain end. The result of a run without a parent does not say which exit it took:
///   let the state say it, by a field that is written on the way there. `exit Name { field };` carries late fields: every way to the exit
///   writes them, and they count as written behind its arm if the parent's router is a `match` on the exit.
/// - `calls Child;`: nodes of this graph run that graph themselves, by [`as_child_of`](crate::run::Run::as_child_of). A
///   node that forgets it gets an [`Error::NotAttached`] from the run.
/// - `defaults(retry(max_attempts = 3), timeout = "30s");`: the default [policies](crate::node::Policy) of nodes.
///   A subgraph is a node, too: the timeout bounds its whole run.
/// - `defer a, b;`: deferred nodes. They wait until nothing else is left to run; then all that are scheduled run
///   together, once each. So branches of any length meet in a deferred node, whichever branches a run takes; a join
///   instead waits for the nodes that it names. The target of a `for` edge cannot be deferred.
/// - `each a, b;`: nodes that each arrival runs. Without it, a node that two branches can reach in different super-steps
///   does not compile, because it would run twice for want of a join. What follows such a node runs as often as it does.
/// - `per_thread child;`: subgraphs whose own fields a [thread](mod@crate::thread) keeps: the next call begins with them.
///   `unsaved child;`: subgraphs that are not saved, and start again with their task; they cannot ask. See
///   [`SubgraphMemory`](crate::graph::SubgraphMemory).
/// - `interrupt T;`: what nodes of this graph, or of its subgraphs, [ask a human](mod@crate::interrupt). Such a graph runs on a
///   thread only.
/// - `task t;`: the [task functions](mod@crate::functional) that nodes of this graph call.
/// - `custom T;`: the type of [custom events](crate::context::Context::emit).
/// - `context T;`: what a single run is given besides the dependencies, with [`Run::context`](crate::run::Run::context). It
///   is not saved. Unless `T` has a `Default`, a run without it does not compile.
///
/// - `store;`: [long-term memory](mod@crate::store), which `new` takes behind the dependencies, and nodes reach by
///   [`cx.store()`](crate::context::Context::store). A graph around it declares it, too.
///
/// # What rustc reports in its own words
/// - A router is a function: a local variable around the graph in it is E0435, "non-constant value in a constant". What a
///   router decides by belongs in the state.
/// - A graph is an item and no expression: `let graph = graph! { .. };` is "expected expression".
/// - Two graphs of one name in a module are E0428 for each item that they make, and errors after it.
/// - A node is a type, too: beside `mod tools;` a node `tools` is E0428, and E0573 where it is meant; so is `use
///   agent::agent` beside `mod agent`. Give one of them another name, import it under one, or write `agent::agent`.
/// - An item of yours with the name of a generated one, such as `ChatStateUpdate` or `ChatGraphNode`, is E0428, and with
///   derives of its own also E0119. Give it another name.
/// - Two graphs that contain each other are E0391, "cycle detected": the facts of each would need those of the other. A
///   graph may contain itself; [`nesting_limit`](crate::run::Run::nesting_limit) is how deep.
/// - A `pub` field of a `pub` state cannot have a private type: E0446.
#[macro_export]
macro_rules! graph {
    ($($graph:tt)*) => {
        $crate::__private::graph_impl! { [$crate] $($graph)* }
    };
}

/// A prompt template: messages with variables, as a struct whose fields are the variables.
///
/// A variable that is missing, misspelt or left over where the template is filled is a compile error, because it is a
/// field. `{name}` takes whatever has a `Display`, `{name:?}` a `Debug`; widths and precisions are those of [`format!`].
/// `..name` stands for messages. `{{` and `}}` are braces.
///
/// ```
/// use graph_core::prelude::*;
///
/// prompt! {
///     /// Asks for a joke.
///     #[derive(PartialEq)]
///     pub Joke {
///         system: "You are {mood}. Answer with JSON: {{\"joke\": ..}}",
///         ..history,
///         user: "Tell me a joke about {topic}.",
///     }
/// }
///
/// let history = [Message::user("hi"), Message::assistant("hello")];
/// let prompt = Joke { mood: "dry", history: &history, topic: String::from("cats") }.prompt().max_tokens(100);
/// assert_eq!(prompt.messages[0], Message::system("You are dry. Answer with JSON: {\"joke\": ..}"));
/// assert_eq!(prompt.messages[1..3], history);
/// assert_eq!(prompt.messages[3].text(), "Tell me a joke about cats.");
/// ```
///
/// It is a [`Prompt`](model::Prompt) where one is taken: `model.invoke(Joke { .. }, cx)`. The roles are
/// `system`, `user` and `assistant`; the text is a literal.
#[macro_export]
macro_rules! prompt {
    ($($template:tt)*) => {
        $crate::__private::prompt_impl! { [$crate] $($template)* }
    };
}
