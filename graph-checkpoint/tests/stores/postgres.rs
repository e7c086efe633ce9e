//! What is particular to PostgreSQL: savers in the same database, large pages, damage, rights, versions of the tables.

use std::time::Duration;

use graph_checkpoint::{PostgresSaver, PostgresStore};
use graph_core::store::{Filter, Search, Store, StoreError};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::database::{Database, Server};

async fn rows(database: &Database) -> i64 {
    let count = "SELECT count(*) FROM graph_checkpoint.store_items";
    database.client().await.query_one(count, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn items_are_shared_by_stores_of_one_database_and_can_be_queried() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let one = Store::new(PostgresSaver::connect(&database.url).await.unwrap().store());
    let two = Store::new(PostgresStore::connect(&database.url).await.unwrap());
    one.collection(["users", "ada"]).put("k", &json!({ "n": 1 })).await.unwrap();
    assert_eq!(two.collection::<Value>(["users", "ada"]).get("k").await.unwrap(), Some(json!({ "n": 1 })));
    let query = "SELECT value->>'n' FROM graph_checkpoint.store_items WHERE namespace[2] = 'ada'";
    assert_eq!(database.client().await.query_one(query, &[]).await.unwrap().get::<_, String>(0), "1");
}

#[tokio::test]
async fn a_filter_looks_at_more_items_than_are_read_at_a_time() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let items = Store::new(PostgresStore::connect(&database.url).await.unwrap()).collection::<Value>(["a"]);
    let values: Vec<_> = (0..1_200).map(|at| json!({ "rest": at % 400 })).collect();
    items.put_all(values.iter().enumerate().map(|(at, value)| (at.to_string(), value))).await.unwrap();
    let rest = Search::new().filter(Filter::new().eq("rest", 7));
    let found = items.search(&rest).await.unwrap();
    assert_eq!(found.iter().map(|item| &*item.key).collect::<Vec<_>>(), ["807", "407", "7"]);
    let last = items.search(&Search::new().offset(1_199)).await.unwrap();
    assert_eq!(last.iter().map(|item| &*item.key).collect::<Vec<_>>(), ["0"]);
}

#[tokio::test]
async fn expired_rows_are_removed_by_later_writes() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let items = Store::new(PostgresStore::connect(&database.url).await.unwrap()).collection::<u32>(["a"]);
    let many: Vec<_> = (0..500).map(|at| (at.to_string(), &7)).collect();
    items.put_all(many).ttl(Duration::ZERO).await.unwrap();
    assert_eq!(rows(&database).await, 500);
    for at in 0..64 {
        items.put("k", &at).await.unwrap();
    }
    assert_eq!(rows(&database).await, 1);
}

#[tokio::test]
async fn tables_of_an_earlier_release_are_migrated() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let admin = database.client().await;
    let old = "CREATE SCHEMA graph_checkpoint; CREATE TABLE graph_checkpoint.migrations ( \
        version bigint PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now()); \
        INSERT INTO graph_checkpoint.migrations (version) VALUES (1)";
    admin.batch_execute(old).await.unwrap();
    admin.batch_execute(include_str!("../../src/postgres/schema_1.sql")).await.unwrap();
    let stores: Vec<_> = (0..4)
        .map(|at| {
            let url = database.url.clone();
            tokio::spawn(async move {
                let store = Store::new(PostgresStore::connect(&url).await.unwrap());
                store.collection(["a"]).put(at.to_string(), &at).await.unwrap();
            })
        })
        .collect();
    for store in stores {
        store.await.unwrap();
    }
    assert_eq!(rows(&database).await, 4);
    admin.batch_execute("INSERT INTO graph_checkpoint.migrations (version) VALUES (99)").await.unwrap();
    let error = PostgresStore::connect(&database.url).await.unwrap_err();
    assert!(matches!(&error, StoreError::Backend(_)) && error.to_string().contains("version 99"), "{error}");
}

#[tokio::test]
async fn vectors_that_something_else_has_damaged_are_an_error_that_names_the_item() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    let backend = PostgresStore::connect(&database.url).await.unwrap();
    let items = Store::new(backend).index(crate::index()).collection::<Value>(["a"]);
    items.put("k", &json!("text")).await.unwrap();
    let damage = "UPDATE graph_checkpoint.store_items SET vectors = '\\x01'";
    database.client().await.batch_execute(damage).await.unwrap();
    let error = items.search(&Search::new().text("text")).await.unwrap_err();
    assert_eq!(error.to_string(), r#"`k` in ["a"] is damaged: its vectors cannot be read"#);
    assert_eq!(items.get("k").await.unwrap(), Some(json!("text")));
}

#[tokio::test]
async fn a_role_that_may_not_create_tables_can_use_them() {
    let Some(server) = Server::of_the_tests() else { return };
    let database = server.new_database().await;
    drop(PostgresStore::connect(&database.url).await.unwrap());
    let (admin, role) = (database.client().await, format!("graph_test_{}", Uuid::new_v4().simple()));
    let grants = format!(
        "CREATE ROLE {role} LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA graph_checkpoint TO {role}; \
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graph_checkpoint TO {role}; \
        GRANT USAGE ON SEQUENCE graph_checkpoint.store_revisions TO {role}"
    );
    admin.batch_execute(&grants).await.unwrap();
    let url = format!("{} password=x", database.with("user", &role));
    let store = Store::new(PostgresStore::connect(&url).await.unwrap());
    let items = store.collection::<u32>(["a"]);
    items.put_all([("a", &1), ("b", &2)]).await.unwrap();
    items.put("a", &3).ttl(Duration::ZERO).await.unwrap();
    assert!(items.delete("b").await.unwrap());
    assert_eq!(store.sweep().await.unwrap(), 1);
    drop((items, store));
    admin.batch_execute(&format!("DROP OWNED BY {role}; DROP ROLE {role}")).await.unwrap();
}
