//! The project's own backends conform.

use graph_checkpoint::conformance::store;
use graph_checkpoint::sqlite::{SqliteOptions, Synchronous};
use graph_core::store::{InMemoryStore, Store};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_store_in_memory_conforms() {
    store::run(|| async { Store::new(InMemoryStore::new()) }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_store_in_sqlite_conforms() {
    let folder = tempfile::tempdir().unwrap();
    for options in [SqliteOptions::new(), SqliteOptions::new().synchronous(Synchronous::Normal).connections(1)] {
        store::run(|| async {
            Store::new(options.clone().open_store(folder.path().join(Uuid::new_v4().to_string())).await.unwrap())
        })
        .await;
    }
}
