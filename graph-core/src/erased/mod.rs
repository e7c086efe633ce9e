//! A graph without its types: JSON in, JSON out.
//!
//! This is the one place where types end: for a server, a command line, a binding to another language. An
//! [`ErasedGraph`] is made of an app with a checkpointer; its runs take a [`RunRequest`] and stream [`ErasedPart`]s, whose
//! JSON is that of LangGraph's `version="v2"` stream. What a client sends is decoded into the graph's own types before
//! anything runs, and an [`ErasedError::Decode`] says where it does not fit.
//!
//! ```
//! use graph_core::erased::{ErasedEnd, ErasedGraph, RunRequest};
//! use graph_core::prelude::*;
//! use serde_json::json;
//!
//! #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
//! struct Joke {
//!     #[state(input)]
//!     topic: String,
//!     joke: Late<String>,
//! }
//!
//! #[node]
//! fn tell(Joke { topic, .. }: &Joke) -> JokeWrite::Joke {
//!     JokeWrite::Joke(format!("a joke about {topic}"))
//! }
//!
//! graph! {
//!     Jokes<Joke> {
//!         START -> tell -> END;
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let graph = ErasedGraph::new(Jokes::new().checkpointer(MemorySaver::new()));
//! let mut run = graph.run(RunRequest::input("t", json!({"topic": "cats"})).modes(Mode::UPDATES)).await?;
//! let update = run.next().await.expect("one node runs")?;
//! assert_eq!((update.mode, update.data), ("updates", json!({"tell": {"joke": "a joke about cats"}})));
//! assert!(run.next().await.is_none());
//! assert!(matches!(run.end(), Some(ErasedEnd::Done)));
//! assert_eq!(graph.state("t", None).await?.values, json!({"topic": "cats", "joke": "a joke about cats"}));
//!
//! let refused = graph.run(RunRequest::input("t", json!({"topic": 7}))).await.unwrap_err();
//! assert_eq!(
//!     refused.to_string(),
//!     "the input of `Jokes` does not fit: `topic`: invalid type: integer `7`, expected a string"
//! );
//! # Ok(())
//! # }
//! ```
mod any_graph;
mod decode;
mod erased_graph;
mod error;
mod history;
mod request;
mod resume;
mod snapshot;
mod stream;

pub use any_graph::Erasable;
pub(crate) use decode::{Misfit, read};
pub use erased_graph::ErasedGraph;
pub use error::ErasedError;
pub use history::ErasedHistory;
pub use request::{Nodes, RunRequest, StartWith};
pub use snapshot::{ErasedInterrupt, ErasedSnapshot, ErasedTask};
pub use stream::{ErasedEnd, ErasedPart, ErasedStream};
