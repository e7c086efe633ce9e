//! What the backend of any store must do, as tests: for implementations of
//! [`StoreBackend`](graph_core::store::backend::StoreBackend) elsewhere, too.
//!
//! Each case takes an empty store without an index, and panics where it does not conform. [`run`] runs all of them, each
//! on a store of its own. They need a tokio runtime with time enabled; with several threads, they try more interleavings.
//!
//! ```
//! use graph_checkpoint::conformance;
//! use graph_core::store::{InMemoryStore, Store};
//!
//! # #[tokio::main]
//! # async fn main() {
//! conformance::store::run(|| async { Store::new(InMemoryStore::new()) }).await;
//! # }
//! ```
mod at_once;
mod expiry;
mod filters;
mod injection;
mod items;
mod listing;
mod payloads;
mod vectors;

use std::future::Future;

use graph_core::store::{Collection, Item, Search, Store, StoreError};
use serde_json::Value;

pub use self::at_once::{batches, writers};
pub use self::expiry::{expired_items, expiry_in_time};
pub use self::filters::{filters, numbers};
pub use self::injection::{filters_are_data, names_are_data};
pub use self::items::{deletion, items, large_values, values};
pub use self::listing::{namespaces, order, prefixes};
pub use self::vectors::{dimensions, vectors};

/// Runs all cases, each on a new, empty store.
pub async fn run<F: Future<Output = Store>>(new: impl Fn() -> F) {
    items(new().await).await;
    values(new().await).await;
    large_values(new().await).await;
    deletion(new().await).await;
    expired_items(new().await).await;
    expiry_in_time(new().await).await;
    prefixes(new().await).await;
    order(new().await).await;
    namespaces(new().await).await;
    filters(new().await).await;
    numbers(new().await).await;
    names_are_data(new().await).await;
    filters_are_data(new().await).await;
    writers(new().await).await;
    batches(new().await).await;
    vectors(new().await).await;
    dimensions(new().await).await;
}

/// The result of a call that has to succeed.
fn ok<T>(call: &str, result: Result<T, StoreError>) -> T {
    result.unwrap_or_else(|error| panic!("`{call}` failed: {error}"))
}

/// All items that match, whatever the limit is otherwise.
async fn search(items: &Collection<Value>, search: Search) -> Vec<Item> {
    ok("search", items.search(&search.limit(usize::MAX)).await)
}

fn keys(items: &[Item]) -> Vec<&str> {
    items.iter().map(|item| &*item.key).collect()
}
