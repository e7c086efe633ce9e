#![doc = include_str!("../docs/pages/thread.md")]
mod durability;
mod durable_app;
mod history;
mod new_input;
mod prune;
mod snapshot;
#[expect(clippy::module_inception, reason = "a thread is what this module is about")]
mod thread;
mod unfinished;

pub use durability::Durability;
pub use durable_app::DurableApp;
pub use history::History;
pub use new_input::NewInput;
pub use snapshot::{Snapshot, SnapshotTask};
pub use thread::Thread;
pub use unfinished::Unfinished;
