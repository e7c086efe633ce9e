//! What is particular to SQLite: files that outlive a process, savers in the same file, damage, versions of the tables.

use std::time::Duration;

use graph_checkpoint::sqlite::SqliteOptions;
use graph_checkpoint::{SqliteSaver, SqliteStore};
use graph_core::checkpoint::{Checkpointer as _, ThreadsQuery};
use graph_core::store::{NamespacesQuery, Search, Store, StoreError};
use serde_json::{Value, json};

#[tokio::test]
async fn items_outlive_the_process_beside_the_threads_of_a_saver() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    {
        let saver = SqliteSaver::open(&path).await.unwrap();
        let store = Store::new(saver.store());
        store.collection(["a"]).put("k", &1).ttl(Duration::from_hours(1)).await.unwrap();
        assert_eq!(saver.threads(&ThreadsQuery::new()).await.unwrap(), []);
    }
    let one = Store::new(SqliteStore::open(&path).await.unwrap());
    let two = Store::new(SqliteOptions::new().connections(1).open_store(&path).await.unwrap());
    let item = one.collection::<u32>(["a"]).item("k").await.unwrap().unwrap();
    two.collection(["a"]).put("k", &2).await.unwrap();
    let again = one.collection::<u32>(["a"]).item("k").await.unwrap().unwrap();
    assert_eq!((item.value, again.value, again.created_at), (1, 2, item.created_at));
    assert!(item.expires_at.is_some() && again.expires_at.is_none());
}

#[tokio::test]
async fn a_file_with_tables_of_an_earlier_release_is_migrated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("threads.db");
    let old = rusqlite::Connection::open(&path).unwrap();
    old.execute_batch(include_str!("../../src/sqlite/schema_1.sql")).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    let thread = "INSERT INTO threads (id, last, records, updated_at) VALUES ('t', zeroblob(16), 1, 0)";
    old.execute(thread, []).unwrap();
    let store = Store::new(SqliteStore::open(&path).await.unwrap());
    store.collection(["a"]).put("k", &1).await.unwrap();
    let threads = SqliteSaver::open(&path).await.unwrap().threads(&ThreadsQuery::new()).await.unwrap();
    assert_eq!(threads[0].id, "t", "what was there stays");
    old.pragma_update(None, "user_version", 99).unwrap();
    let error = SqliteStore::open(&path).await.unwrap_err();
    assert!(matches!(&error, StoreError::Backend(_)) && error.to_string().contains("version 99"), "{error}");
}

#[tokio::test]
async fn what_something_else_has_damaged_is_an_error_that_names_the_item() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Store::new(SqliteStore::open(&path).await.unwrap());
    let items = store.collection::<Value>(["a"]);
    items.put("k", &json!(1)).await.unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute("UPDATE store_items SET value = '{'", []).unwrap();
    for error in [items.get("k").await.unwrap_err(), items.search(&Search::new()).await.unwrap_err()] {
        assert!(matches!(&error, StoreError::Damaged { key, .. } if key == "k"), "{error}");
        assert!(error.to_string().starts_with(r#"`k` in ["a"] is damaged: "#), "{error}");
    }
    other.execute("UPDATE store_items SET namespace = '[\"a\",1]'", []).unwrap();
    let error = store.namespaces(&NamespacesQuery::new()).await.unwrap_err();
    assert!(error.to_string().contains("is no namespace"), "{error}");
}

#[tokio::test]
async fn expired_rows_are_removed_by_later_writes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let store = Store::new(SqliteStore::open(&path).await.unwrap());
    let items = store.collection::<u32>(["a"]);
    let many: Vec<_> = (0..150).map(|at| (at.to_string(), &7)).collect();
    items.put_all(many).ttl(Duration::ZERO).await.unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    let rows = || other.query_row("SELECT count(*) FROM store_items", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(rows(), 150);
    items.put("k", &1).await.unwrap();
    assert_eq!(rows(), 51, "100 by each write");
    items.put("k", &2).await.unwrap();
    assert_eq!(rows(), 1);
}
