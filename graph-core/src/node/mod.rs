#![doc = include_str!("../docs/pages/node.md")]
mod command;
mod error;
mod failure;
mod info;
mod policy;
mod retryable;
mod timeout;

pub use command::Command;
pub use error::{IntoNodeError, NodeError, NodeResult};
#[doc(hidden)]
pub use failure::Handler;
pub use failure::{HandlerError, NodeFailure};
pub use info::{Node, NodeFn};
#[doc(hidden)]
pub use info::{NodeInfo, TaskResult};
pub use policy::{Cache, Policy, Retry};
pub use retryable::Retryable;
pub use timeout::{NodeTimeout, Timeout, TimeoutKind};
