//! Tasks and workflows: plain async code, streamed and durable. LangGraph's functional API.
//!
//! [`#[task]`](macro@crate::task) makes a function a task: its result is saved before the caller goes on, and a node
//! that runs again, because it was interrupted, retried or cut off by a crash, gets the saved result. Nodes of any graph
//! that declares it (`task translate;`) call it. [`#[workflow]`](macro@crate::workflow) makes a function a graph of one
//! node, which has no edges to write: its arguments are the input, and its result is the output.
//!
//! ```
//! use graph_core::prelude::*;
//!
//! #[derive(Interrupt, Clone, Debug, Serialize, Deserialize)]
//! #[interrupt(resume = bool)]
//! struct Publish {
//!     text: String,
//! }
//!
//! #[task]
//! async fn translate(text: &str, language: &str, _cx: &RunContext) -> NodeResult<String> {
//!     Ok(format!("{text} ({language})"))
//! }
//!
//! #[workflow(Essay, tasks(translate), interrupts(Publish))]
//! async fn essay(topic: String, cx: &Context<Essay>) -> NodeResult<Vec<String>> {
//!     let (french, german) = (translate(&topic, "fr", cx), translate(&topic, "de", cx));
//!     let (french, german) = tokio::try_join!(french, german)?;
//!     let publish = cx.interrupt(Publish { text: french.clone() }).await?;
//!     Ok(if publish { vec![french, german] } else { Vec::new() })
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> graph_core::Result<()> {
//! let app = Essay::new().checkpointer(MemorySaver::new());
//! let thread = app.thread("essay-1");
//! let outcome = thread.run(EssayInput { topic: "Rust".into() }).outcome().await?;
//! assert!(matches!(outcome, Outcome::Interrupted(_)));
//!
//! // Both translations are remembered, and not made again.
//! let texts = thread.resume(true).await?;
//! assert_eq!(texts, ["Rust (fr)", "Rust (de)"]);
//! # Ok(())
//! # }
//! ```
//!
//! # What is saved, and when
//! - The result of a task is appended to the thread's log before the task's caller goes on. Without a thread, nothing is.
//! - Results are matched by the order of the calls of a task within a node, or by [`key`](TaskCall::key). Code whose order
//!   of calls depends on chance (time, random numbers, a map's order) needs keys.
//! - Everything between the calls runs again. What has an effect belongs into a task.
//! - In `updates` mode the result is a [`Part::TaskResult`](crate::run::Part::TaskResult) once it is saved;
//!   [`Run::task_results`](crate::run::Run::task_results) streams the results alone. A remembered one is not streamed again.
mod call;
mod result;
mod task;
mod workflow;

pub use self::call::TaskCall;
pub(crate) use self::call::call;
pub use self::result::{GraphTaskResult, NoTaskResult};
pub use self::task::{AsContext, IsContext, RunsTask, TaskFn, TaskOptions, TaskReturn, TaskValue};
pub use self::workflow::{Final, WorkflowArgument, WorkflowResult, WorkflowReturn};
