#![doc = include_str!("../docs/pages/store.md")]
pub mod backend;
mod call;
mod collection;
mod compare;
mod embed;
mod error;
mod filter;
mod handle;
mod index;
mod item;
mod memory;
mod namespace;
mod put;
mod search;
mod vectors;

pub use collection::Collection;
pub use embed::{EmbedError, Embedder};
pub use error::StoreError;
pub use filter::Filter;
pub use handle::{IntoStore, Store};
pub use index::Index;
pub use item::Item;
pub use memory::InMemoryStore;
pub use namespace::{MAX_KEY, MAX_NAMES, MAX_NAMESPACE, Namespace};
pub use put::Put;
pub use search::{NamespacesQuery, Search};
