#![doc = include_str!("../docs/pages/checkpoint.md")]
mod codec;
mod error;
mod fields;
pub(crate) mod format;
mod handle;
mod lease;
mod log;
mod memory;
mod migrate;
mod query;
mod retention;
pub(crate) mod route;
mod saved;
mod saver;
mod sealed;
mod stored;
pub(crate) mod task;
mod thread_id;

#[doc(hidden)]
pub use codec::SavedForm;
pub(crate) use codec::{Codec, Place};
pub use error::CheckpointError;
#[doc(hidden)]
pub use fields::{FieldError, FieldWriter, SavedField};
pub use format::FormatError;
pub use handle::Saver;
pub use lease::Lease;
pub use log::{
    KeptState, PendingRecord, PendingWrite, Record, RecordKind, RecordedUpdate, Remembered, RememberedKind, Source,
    StepRecord, WholeState,
};
pub use memory::MemorySaver;
pub use migrate::OldFields;
pub use query::{HistoryQuery, Lineage, ThreadInfo, ThreadsQuery};
pub use retention::{Pruned, Retention};
#[doc(hidden)]
pub use route::SavedRoute;
#[doc(hidden)]
pub use saved::LoadError;
pub use saved::{Saved, SavedFields};
pub use saver::Checkpointer;
pub use sealed::SealedRecord;
#[doc(hidden)]
pub use task::SavedTask;
pub use thread_id::MAX_THREAD_ID;
