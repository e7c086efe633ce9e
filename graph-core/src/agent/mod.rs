//! The ready-made agent: a model that calls tools until it answers.
//!
//! ```
//! use graph_core::model::{ScriptedModel, Turn};
//! use graph_core::prelude::*;
//!
//! /// Multiplies two integers.
//! #[tool]
//! async fn multiply(a: i64, b: i64) -> i64 {
//!     a * b
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> graph_core::Result<()> {
//! # let asks = Turn::new().call("c1", "multiply", &serde_json::json!({"a": 4, "b": 5}));
//! # let model = ScriptedModel::new().turn(asks).reply("4 times 5 is 20.");
//! let agent = Agent::new(model).system_prompt("You are good at sums.").tools(tools![multiply]).build();
//! let mut tokens = agent.run(MessagesState::input(Message::user("Multiply 4 and 5"))).tokens();
//! # let mut text = String::new();
//! while let Some(token) = tokens.next().await {
//!     print!("{}", token?);
//! }
//! # let state = tokens.output().unwrap();
//! # assert_eq!(state.messages.last().unwrap().text(), "4 times 5 is 20.");
//! # Ok(())
//! # }
//! ```
//!
//! It is a graph like any other: [`AgentGraph`], over [`MessagesState`](crate::message::MessagesState). It is drawn, streamed
//! and checkpointed as they are, and it can be a node of another graph. The calls of a message are tasks of one
//! super-step, one task each. An agent that needs more is written with [`graph!`](crate::graph!) in a few lines: see
//! [`mod@crate::tool`].
mod builder;
mod error;
mod graph;
mod limits;

pub use self::builder::Agent;
pub use self::error::ModelCallLimit;
pub use self::graph::{AgentDeps, AgentGraph, AgentGraphNode, AgentGraphUpdate};
