#![doc = include_str!("../docs/pages/checkpoint.md")]
mod codec;
mod error;
mod log;
mod memory;
mod saver;

pub(crate) use codec::Codec;
pub use codec::Saved;
pub use error::CheckpointError;
pub use log::{PendingRecord, PendingWrite, Record, RecordKind, RecordedUpdate, Source, StepRecord};
pub use memory::MemorySaver;
pub use saver::Checkpointer;
