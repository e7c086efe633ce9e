//! What any checkpointer must do, as tests: for implementations of
//! [`Checkpointer`](graph_core::checkpoint::Checkpointer) elsewhere, too.
//!
//! Each case takes an empty checkpointer, and panics where it does not conform. [`run`] runs all of them, each on a
//! checkpointer of its own. They need a tokio runtime with time enabled; with several threads, they try more
//! interleavings.
//!
//! ```
//! use graph_checkpoint::conformance;
//! use graph_core::checkpoint::{MemorySaver, Saver};
//!
//! # #[tokio::main]
//! # async fn main() {
//! conformance::run(|| async { Saver::new(MemorySaver::new()) }).await;
//! # }
//! ```
//!
//! [`store`] has the same for the backends of stores.
#![expect(clippy::missing_panics_doc, reason = "every case panics where the checkpointer does not conform")]
mod ids;
mod leases;
mod log;
mod records;
mod retention;
pub mod store;
mod tree;

use graph_core::checkpoint::Saver;

pub use self::ids::{ids_are_data, listing, odd_ids};
pub use self::leases::{exclusion, fencing, leases, takeover};
pub use self::log::{conflicts, copy, deletion, large_states, order};
pub use self::retention::{
    added_snapshots, retention, retention_beside_writers, retention_by_age, retention_of_branches, retention_of_inputs,
};
pub use self::tree::{forks, history, inputs, pending_writes};

/// Runs all cases, each on a new, empty checkpointer.
pub async fn run<F: Future<Output = Saver>>(new: impl Fn() -> F) {
    order(new().await).await;
    conflicts(new().await).await;
    forks(new().await).await;
    inputs(new().await).await;
    pending_writes(new().await).await;
    history(new().await).await;
    leases(new().await).await;
    fencing(new().await).await;
    takeover(new().await).await;
    exclusion(new().await).await;
    deletion(new().await).await;
    copy(new().await).await;
    retention(new().await).await;
    retention_of_branches(new().await).await;
    retention_of_inputs(new().await).await;
    retention_by_age(new().await).await;
    added_snapshots(new().await).await;
    retention_beside_writers(new().await).await;
    odd_ids(new().await).await;
    ids_are_data(new().await).await;
    listing(new().await).await;
    large_states(new().await).await;
}
