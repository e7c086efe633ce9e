//! The project's own backends conform.

use graph_checkpoint::conformance::store;
use graph_checkpoint::postgres::PostgresOptions;
use graph_checkpoint::sqlite::{SqliteOptions, Synchronous};
use graph_core::store::{InMemoryStore, Store};
use uuid::Uuid;

use crate::database::Server;

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

/// Where the server isolates transactions more than the store needs, and where there is one connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_store_in_postgres_conforms() {
    let Some(server) = Server::of_the_tests() else { return };
    for (isolation, connections) in [("serializable", 8), ("read committed", 1)] {
        let server = &server;
        store::run(|| async move {
            let database = server.new_database().await;
            database.set("default_transaction_isolation", isolation).await;
            let options = PostgresOptions::new().connections(connections);
            Store::new(options.connect_store(&database.url).await.unwrap())
        })
        .await;
    }
}
