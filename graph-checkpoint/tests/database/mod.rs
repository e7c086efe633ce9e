//! The PostgreSQL server of the tests, which `scripts/postgres_up.sh` starts. Each test has databases of its own.
#![allow(dead_code, clippy::unwrap_used, reason = "each test uses a part of it; what is not there fails the test")]

use std::sync::{Arc, Mutex};

use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

/// A server, whose databases are dropped at the end of the test.
pub(crate) struct Server {
    url: String,
    databases: Arc<Mutex<Vec<String>>>,
}

pub(crate) struct Database {
    name: String,
    /// Its connection string.
    pub(crate) url: String,
}

impl Server {
    /// `None` if there is none.
    pub(crate) fn of_the_tests() -> Option<Self> {
        let Ok(url) = std::env::var("GRAPH_TEST_DATABASE_URL") else {
            println!("skipped: GRAPH_TEST_DATABASE_URL is not set");
            return None;
        };
        Some(Self { url, databases: Arc::default() })
    }

    pub(crate) async fn new_database(&self) -> Database {
        let name = format!("graph_test_{}", Uuid::new_v4().simple());
        self.databases.lock().unwrap().push(name.clone());
        connect(&self.url).await.batch_execute(&format!("CREATE DATABASE {name}")).await.unwrap();
        Database { url: with(&self.url, "dbname", &name), name }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let (url, databases) = (self.url.clone(), std::mem::take(&mut *self.databases.lock().unwrap()));
        let drop_all = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let client = connect(&url).await;
                for name in databases {
                    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await.unwrap();
                }
            });
        };
        // A thread of its own, because this is inside a runtime.
        std::thread::spawn(drop_all).join().unwrap();
    }
}

impl Database {
    /// A connection beside the saver's.
    pub(crate) async fn client(&self) -> Client {
        connect(&self.url).await
    }

    /// Deletes all threads and leases: a new database takes longer than most tests.
    pub(crate) async fn empty(&self) {
        let empty = "TRUNCATE graph_checkpoint.threads, graph_checkpoint.leases CASCADE";
        self.client().await.batch_execute(empty).await.unwrap();
    }

    /// Sets a parameter of later connections.
    pub(crate) async fn set(&self, parameter: &str, value: &str) {
        let statement = format!("ALTER DATABASE {} SET {parameter} = '{value}'", self.name);
        self.client().await.batch_execute(&statement).await.unwrap();
    }

    /// The connection string with another value of this key.
    pub(crate) fn with(&self, key: &str, value: &str) -> String {
        with(&self.url, key, value)
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// The last value of a key holds, in both forms of a connection string.
fn with(url: &str, key: &str, value: &str) -> String {
    match url {
        _ if !url.contains("://") => format!("{url} {key}={value}"),
        _ if url.contains('?') => format!("{url}&{key}={value}"),
        _ => format!("{url}?{key}={value}"),
    }
}
