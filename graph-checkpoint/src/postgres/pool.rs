//! The connections of a saver or a store.

use std::fmt;

use deadpool_postgres::{Client, Manager, ManagerConfig, PoolConfig, Runtime, Timeouts};
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Config, Socket};

use super::failure::{Failure, NoConnection};
use super::options::PostgresOptions;
use super::schema;
use crate::fault::Fault;

#[derive(Clone)]
pub(super) struct Pool(deadpool_postgres::Pool);

impl Pool {
    /// Connects to a database, and migrates its tables.
    pub(super) async fn connect<T, E>(database: &str, options: &PostgresOptions, tls: T) -> Result<Self, Failure<E>>
    where
        E: Fault,
        T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
        T::Stream: Send + Sync,
        T::TlsConnect: Send + Sync,
        <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
    {
        let mut config: Config = database.parse()?;
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(options.timeout);
        }
        if config.get_application_name().is_none() {
            config.application_name("graph-checkpoint");
        }
        let timeout = Some(options.timeout);
        let timeouts = Timeouts { wait: timeout, create: timeout, recycle: timeout };
        let pool = deadpool_postgres::Pool::builder(Manager::from_config(config, tls, ManagerConfig::default()))
            .config(PoolConfig { max_size: options.connections, timeouts, ..PoolConfig::default() })
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(Failure::of)?;
        let pool = Self(pool);
        schema::migrate(&mut pool.client().await?).await?;
        Ok(pool)
    }

    /// A connection, when one is free. One that the server has closed in the meantime is replaced.
    pub(super) async fn client(&self) -> Result<Client, NoConnection> {
        self.0.get().await.map_err(NoConnection)
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("status", &self.0.status()).finish_non_exhaustive()
    }
}
