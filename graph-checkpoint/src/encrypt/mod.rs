//! Encryption at rest: a layer over any checkpointer.
//!
//! # What is encrypted
//!
//! Everything of a state's data, each value by itself, with XChaCha20-Poly1305 under a random nonce:
//!
//! | encrypted | in clear |
//! | --- | --- |
//! | updates, and pushed messages | ids of threads, checkpoints, parents and inputs; owners of leases |
//! | snapshots | steps, sources, times, the fingerprint of the state's type |
//! | task inputs (of `for` edges and `Send`) | names of nodes, of subgraphs, interrupts and remembered steps |
//! | routes | which tasks and joins there are, and which of them are done |
//! | interrupts, answers, remembered results, errors of tasks | sizes: a value has 46 bytes more than it has in clear |
//!
//! So ids of threads should not be secrets, such as e-mail addresses.
//!
//! # What is detected
//!
//! A value is bound to its record's id, to its place in it, and to what stands in clear there, except for the time: one that was
//! changed, swapped with another, or moved to another record is [`CheckpointError::Decrypt`], with the thread and the
//! checkpoint, and so is a record whose parent or node was changed. A snapshot is bound to its record's id.
//!
//! It is not bound to the thread's id, so that [`Checkpointer::copy`] copies a thread without its key. Somebody who can write
//! to the database can therefore do what `copy` and `prune` do: give a whole thread another id, or put an older state of it
//! back. Whether a thread belongs to who asks for it has to be decided before it is loaded.
//!
//! # Keys
//!
//! The first key encrypts, and every key decrypts: to rotate, make a new key the first one, and keep the old ones for as long as
//! threads have values of theirs. A key may encrypt any number of values: the nonces have 192 bits.
//!
//! A thread that was saved without encryption is an error: [`DecryptError::Clear`]. Threads are not encrypted afterwards.
mod fields;
mod key;

use std::time::Duration;

use async_trait::async_trait;
use graph_core::checkpoint::{
    CheckpointError, Checkpointer, HistoryQuery, Lease, Lineage, Pruned, Record, Retention, Saver, ThreadInfo,
    ThreadsQuery, WholeState,
};
use uuid::Uuid;

use self::fields::{each_value, of_kept, of_snapshot};
use self::key::decrypt;
pub use self::key::{DecryptError, EncryptionKey};

/// Encrypts what another checkpointer keeps. [The module](self) says what is encrypted.
///
/// ```
/// use graph_checkpoint::{EncryptedSaver, SqliteSaver};
/// use graph_checkpoint::encrypt::EncryptionKey;
/// use graph_core::prelude::*;
///
/// #[derive(State, Clone, Debug, Default, Serialize, Deserialize)]
/// struct Account {
///     #[state(input, reduce = Sum)]
///     balance: i64,
/// }
///
/// #[derive(Update, Clone, Debug, Serialize, Deserialize)]
/// #[update(Account)]
/// struct Interest {
///     balance: i64,
/// }
///
/// #[node]
/// fn interest(Account { balance, .. }: &Account) -> Interest {
///     Interest { balance: balance / 10 }
/// }
///
/// graph! {
///     Accounts<Account> {
///         START -> interest -> END;
///     }
/// }
///
/// # fn key_of_this_year() -> [u8; 32] { [26; 32] }
/// # fn key_of_last_year() -> [u8; 32] { [25; 32] }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("threads.db");
/// let saver = EncryptedSaver::new(SqliteSaver::open(&path).await?, EncryptionKey::new(2026, key_of_this_year()))
///     .with_old_key(EncryptionKey::new(2025, key_of_last_year()));
/// let app = Accounts::new().checkpointer(saver);
/// assert_eq!(app.thread("ada").run(AccountInput { balance: 10 }).await?.balance, 11);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct EncryptedSaver {
    inner: Saver,
    /// The first encrypts.
    keys: Vec<EncryptionKey>,
}

impl EncryptedSaver {
    /// Encrypts with this key.
    #[must_use]
    pub fn new(inner: impl Checkpointer, key: EncryptionKey) -> Self {
        Self { inner: Saver::new(inner), keys: vec![key] }
    }

    /// Decrypts also what was encrypted with this key.
    #[must_use]
    pub fn with_old_key(mut self, key: EncryptionKey) -> Self {
        self.keys.push(key);
        self
    }

    fn encrypt(&self, value: &[u8], bound_to: &[u8]) -> Result<Vec<u8>, CheckpointError> {
        let key = self.keys.first().ok_or_else(|| CheckpointError::Saver("there is no key".into()))?;
        key.encrypt(value, bound_to)
    }

    fn decrypt_all(&self, thread: &str, records: &mut [Record]) -> Result<(), CheckpointError> {
        records.iter_mut().try_for_each(|record| {
            let checkpoint = record.id;
            let decrypted = each_value(record, |value, bound_to| {
                *value = decrypt(&self.keys, value, bound_to)?;
                Ok::<_, DecryptError>(())
            });
            let named =
                |error| CheckpointError::Decrypt { thread: thread.to_owned(), checkpoint, source: Box::new(error) };
            decrypted.map_err(named)
        })
    }
}

#[async_trait]
impl Checkpointer for EncryptedSaver {
    async fn append(&self, thread: &str, mut record: Record, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        each_value(&mut record, |value, bound_to| {
            *value = self.encrypt(value, bound_to)?;
            Ok::<_, CheckpointError>(())
        })?;
        self.inner.append(thread, record, lease).await
    }

    async fn load(&self, thread: &str, at: Option<Uuid>) -> Result<Lineage, CheckpointError> {
        let mut lineage = self.inner.load(thread, at).await?;
        self.decrypt_all(thread, &mut lineage.records)?;
        Ok(lineage)
    }

    async fn history(&self, thread: &str, query: &HistoryQuery) -> Result<Vec<Record>, CheckpointError> {
        let mut records = self.inner.history(thread, query).await?;
        self.decrypt_all(thread, &mut records)?;
        Ok(records)
    }

    async fn lease(&self, thread: &str, owner: &str, ttl: Duration) -> Result<Lease, CheckpointError> {
        self.inner.lease(thread, owner, ttl).await
    }

    async fn renew(&self, lease: &Lease, ttl: Duration) -> Result<Lease, CheckpointError> {
        self.inner.renew(lease, ttl).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), CheckpointError> {
        self.inner.release(lease).await
    }

    async fn threads(&self, query: &ThreadsQuery) -> Result<Vec<ThreadInfo>, CheckpointError> {
        self.inner.threads(query).await
    }

    async fn delete(&self, thread: &str, lease: Option<&Lease>) -> Result<(), CheckpointError> {
        self.inner.delete(thread, lease).await
    }

    async fn copy(&self, from: &str, to: &str) -> Result<(), CheckpointError> {
        self.inner.copy(from, to).await
    }

    async fn size(&self, thread: &str) -> Result<u64, CheckpointError> {
        self.inner.size(thread).await
    }

    async fn prune(&self, thread: &str, retention: &Retention) -> Result<Pruned, CheckpointError> {
        self.inner.prune(thread, retention).await
    }

    async fn add_snapshot(&self, thread: &str, checkpoint: Uuid, mut whole: WholeState) -> Result<(), CheckpointError> {
        whole.snapshot = self.encrypt(&whole.snapshot, &of_snapshot(checkpoint))?;
        for kept in &mut whole.kept {
            kept.state = self.encrypt(&kept.state, &of_kept(checkpoint, kept))?;
        }
        self.inner.add_snapshot(thread, checkpoint, whole).await
    }
}
