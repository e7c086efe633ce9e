#![doc = include_str!("../docs/pages/thread.md")]
mod durability;
mod durable_app;
mod history;
mod snapshot;
#[expect(clippy::module_inception, reason = "a thread is what this module is about")]
mod thread;

pub use durability::Durability;
pub use durable_app::DurableApp;
pub use history::History;
pub use snapshot::{Snapshot, SnapshotTask};
pub use thread::Thread;
