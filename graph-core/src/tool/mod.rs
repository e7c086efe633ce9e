#![doc = include_str!("../docs/pages/tool.md")]
mod arguments;
mod dispatch;
mod dynamic;
mod error;
mod event;
mod external;
mod history;
mod output;
mod pending;
mod schema;
mod scope;
mod set;
mod side_by_side;
#[expect(clippy::module_inception, reason = "a tool is what this module is about")]
mod tool;

pub use self::arguments::Arguments;
pub(crate) use self::arguments::is_optional;
pub use self::dynamic::DynamicTool;
pub use self::error::{DuplicateTool, ToolError};
pub use self::event::ToolEvent;
pub use self::external::{CallsElsewhere, ExternalCall, ToolReply, call_elsewhere};
pub use self::history::answered;
pub use self::output::ToolOutput;
pub use self::pending::{PendingCall, has_pending_calls, pending_calls};
pub(crate) use self::schema::generator;
pub use self::schema::{Parameter, description, parameters};
pub(crate) use self::scope::ToolScope;
pub use self::set::ToolSet;
pub use self::tool::{AnyGraph, NamedTool, Tool, ToolFuture, ToolGraph, ToolPolicy};
