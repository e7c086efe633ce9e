//! The stored form of a record: versioned, and with a checksum.
//!
//! Two parts, so that a snapshot can be left out or dropped: the body, which is everything else, and the snapshot. Each
//! part is
//!
//! | bytes | |
//! | --- | --- |
//! | 1 | the part: `R` or `S` |
//! | 1 | the version of the form: 1 |
//! | 8 | FNV-1a over the record's id, the two bytes above, and the content, little-endian |
//! | rest | the content: a MessagePack map (`stored.rs`), or the snapshot's bytes as they are |
//!
//! FNV-1a maps two texts of one length that differ in a single byte to different sums, always.

use uuid::Uuid;

use super::stored::Stored;
use super::{CheckpointError, FormatError, Record};

/// The version of the form that is written. All released versions are read: golden files of each are in the tests.
const VERSION: u8 = 1;

const HEADER: usize = 10;

/// A record in its stored form, which a saver keeps as it is: [`Record::seal`], [`SealedRecord::open`].
///
/// A byte that has changed, in the parts or in the record's id, is [`CheckpointError::Damaged`].
///
/// ```
/// use graph_core::checkpoint::{CheckpointError, Record, SealedRecord, Source, StepRecord};
/// use uuid::Uuid;
///
/// # fn main() -> Result<(), CheckpointError> {
/// let id = Uuid::from_u128(1);
/// let record = Record::step(id, None, 0, StepRecord::new(None, 0, Source::Loop));
/// let mut sealed: SealedRecord = record.seal()?;
/// assert_eq!(sealed.open("order-7", id)?, record);
///
/// sealed.body[20] ^= 1;
/// let error = sealed.open("order-7", id).unwrap_err();
/// assert!(matches!(error, CheckpointError::Damaged { thread, .. } if thread == "order-7"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SealedRecord {
    /// Everything but the snapshot.
    pub body: Vec<u8>,
    /// The snapshot, if the record has one.
    pub snapshot: Option<Vec<u8>>,
}

impl SealedRecord {
    /// A stored record. The snapshot may be left out.
    #[must_use]
    pub fn new(body: Vec<u8>, snapshot: Option<Vec<u8>>) -> Self {
        Self { body, snapshot }
    }

    /// The record with this id, of this thread.
    ///
    /// # Errors
    /// [`CheckpointError::Damaged`] if a part is not what was sealed under this id.
    pub fn open(&self, thread: &str, id: Uuid) -> Result<Record, CheckpointError> {
        self.read(id).map_err(|source| CheckpointError::Damaged { thread: thread.to_owned(), checkpoint: id, source })
    }

    /// The record of a subgraph's run as one value: its id, the length of its body (4 bytes, little-endian), its body, its
    /// snapshot.
    pub(crate) fn to_bytes(&self, id: Uuid) -> Vec<u8> {
        let snapshot = self.snapshot.as_deref().unwrap_or_default();
        // A record of more than 4 GiB cannot be saved: its length does not match when it is read.
        let length = u32::try_from(self.body.len()).unwrap_or(u32::MAX);
        [id.as_bytes(), &length.to_le_bytes()[..], &self.body, snapshot].concat()
    }

    /// The record of such a value.
    ///
    /// # Errors
    /// [`CheckpointError::Damaged`], with the id of the run if not even the record's own can be read.
    pub(crate) fn open_bytes(bytes: &[u8], thread: &str, run: Uuid) -> Result<Record, CheckpointError> {
        let damaged = || CheckpointError::Damaged {
            thread: thread.to_owned(),
            checkpoint: run,
            source: "a record of a subgraph is cut off".into(),
        };
        let (id, rest) = bytes.split_first_chunk::<16>().ok_or_else(damaged)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        let (body, snapshot) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(damaged)?;
        let snapshot = (!snapshot.is_empty()).then(|| snapshot.to_vec());
        Self::new(body.to_vec(), snapshot).open(thread, Uuid::from_bytes(*id))
    }

    fn read(&self, id: Uuid) -> Result<Record, FormatError> {
        let stored = Stored::decode(content(id, b'R', &self.body)?)?;
        let snapshot = self.snapshot.as_deref().map(|part| content(id, b'S', part)).transpose()?;
        stored.into_record(id, snapshot.map(<[u8]>::to_vec))
    }
}

impl Record {
    /// The record in its stored form.
    ///
    /// # Errors
    /// [`CheckpointError::Saver`] if it is too large for its form.
    pub fn seal(&self) -> Result<SealedRecord, CheckpointError> {
        let body = part(self.id, b'R', &Stored::of(self).encode().map_err(CheckpointError::Saver)?);
        let snapshot = self.as_step().and_then(|step| step.snapshot.as_ref());
        Ok(SealedRecord { body, snapshot: snapshot.map(|snapshot| part(self.id, b'S', snapshot)) })
    }
}

fn part(id: Uuid, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEADER + content.len());
    bytes.extend([kind, VERSION]);
    bytes.extend(checksum(id, [kind, VERSION], content).to_le_bytes());
    bytes.extend(content);
    bytes
}

/// The content of a part.
fn content(id: Uuid, kind: u8, part: &[u8]) -> Result<&[u8], FormatError> {
    let Some((&[kind_now, version, ref sum @ ..], content)) = part.split_first_chunk::<HEADER>() else {
        return Err(format!("a part of {} bytes is cut off", part.len()).into());
    };
    if *sum != checksum(id, [kind_now, version], content).to_le_bytes() {
        return Err("its checksum does not match".into());
    }
    if kind_now != kind {
        return Err("one part stands in place of another".into());
    }
    if version != VERSION {
        return Err(format!("it has form {version}, and this release reads form {VERSION}").into());
    }
    Ok(content)
}

/// FNV-1a of 64 bits.
fn checksum(id: Uuid, head: [u8; 2], content: &[u8]) -> u64 {
    let bytes = id.as_bytes().iter().chain(&head).chain(content);
    bytes.fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
