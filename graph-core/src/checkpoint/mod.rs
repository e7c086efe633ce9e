#![doc = include_str!("../docs/pages/checkpoint.md")]
pub(crate) mod call;
mod codec;
mod error;
mod fields;
pub(crate) mod format;
mod log;
mod memory;
pub(crate) mod route;
mod saved;
mod saver;

pub(crate) use codec::{Codec, Place};
pub use error::CheckpointError;
#[doc(hidden)]
pub use fields::{FieldError, FieldWriter, SavedField};
pub use format::FormatError;
pub use log::{PendingRecord, PendingWrite, Record, RecordKind, RecordedUpdate, Source, StepRecord};
pub use memory::MemorySaver;
#[doc(hidden)]
pub use route::SavedRoute;
#[doc(hidden)]
pub use saved::LoadError;
pub use saved::{Saved, SavedFields};
pub use saver::Checkpointer;
