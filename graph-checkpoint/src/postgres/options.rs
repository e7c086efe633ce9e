//! How a database is connected to.

use std::time::Duration;

use graph_core::checkpoint::CheckpointError;
use graph_core::store::StoreError;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{NoTls, Socket};

use super::pool::Pool;
use super::{PostgresSaver, PostgresStore};

/// How a database is connected to: `PostgresOptions::new().connections(20).connect("host=localhost").await`.
#[derive(Clone, Debug)]
#[must_use]
pub struct PostgresOptions {
    pub(super) connections: usize,
    pub(super) timeout: Duration,
}

impl Default for PostgresOptions {
    fn default() -> Self {
        Self { connections: 8, timeout: Duration::from_secs(10) }
    }
}

impl PostgresOptions {
    /// At most 8 connections, a timeout of 10 seconds.
    pub fn new() -> Self {
        Self::default()
    }

    /// The greatest number of connections, at least 1, that a saver or a store and its clones have open.
    pub fn connections(mut self, connections: usize) -> Self {
        self.connections = connections.max(1);
        self
    }

    /// How long a call waits for a connection: until one is free, and until a new one is made. Also how long sent data may
    /// be unacknowledged, unless the connection string has a `tcp_user_timeout`.
    ///
    /// It does not limit statements: the server does, where its `statement_timeout` is set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Connects without TLS to the database that a connection string names, and creates the tables or migrates them.
    ///
    /// # Errors
    /// Those of [`PostgresSaver::connect`].
    pub async fn connect(self, database: &str) -> Result<PostgresSaver, CheckpointError> {
        self.connect_with_tls(database, NoTls).await
    }

    /// Connects with this implementation of TLS, such as `MakeRustlsConnect` of the crate `tokio-postgres-rustls`; the
    /// trait is that of `tokio-postgres` 0.7. The connection string's `sslmode` says whether it has to be used: `prefer`,
    /// which is the default, or `require`.
    ///
    /// # Errors
    /// Those of [`PostgresSaver::connect`].
    pub async fn connect_with_tls<T>(self, database: &str, tls: T) -> Result<PostgresSaver, CheckpointError>
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send + Sync,
        T::TlsConnect: Send + Sync,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        Ok(Pool::connect(database, &self, tls).await.map(PostgresSaver)?)
    }

    /// Connects a store without TLS to the database that a connection string names, and creates the tables or migrates
    /// them.
    ///
    /// # Errors
    /// Those of [`PostgresStore::connect`].
    pub async fn connect_store(self, database: &str) -> Result<PostgresStore, StoreError> {
        self.connect_store_with_tls(database, NoTls).await
    }

    /// [`connect_store`](Self::connect_store) with TLS: see [`connect_with_tls`](Self::connect_with_tls).
    ///
    /// # Errors
    /// Those of [`PostgresStore::connect`].
    pub async fn connect_store_with_tls<T>(self, database: &str, tls: T) -> Result<PostgresStore, StoreError>
    where
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send + Sync,
        T::TlsConnect: Send + Sync,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        Ok(Pool::connect(database, &self, tls).await.map(PostgresStore::new)?)
    }
}
