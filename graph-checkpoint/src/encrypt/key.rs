//! Keys, and the form of an encrypted value.

use std::fmt;

use chacha20poly1305::aead::{Aead, AeadInOut, Generate, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use graph_core::checkpoint::CheckpointError;
use zeroize::Zeroize as _;

/// No MessagePack value and no text begins with this byte.
const MARK: u8 = 0xc1;
/// The version of the form.
const VERSION: u8 = 1;
const NONCE: usize = 24;
const HEADER: usize = 2 + 4 + NONCE;
const TAG: usize = 16;

/// A key of 32 bytes, for XChaCha20-Poly1305.
///
/// It is overwritten in memory when it is dropped, and its `Debug` form has only the id. What a caller keeps of the bytes is
/// the caller's to overwrite.
///
/// ```
/// use graph_checkpoint::encrypt::EncryptionKey;
///
/// let key = EncryptionKey::new(7, [0x5e; 32]);
/// assert_eq!(format!("{key:?}"), "EncryptionKey { id: 7, .. }");
/// ```
pub struct EncryptionKey {
    id: u32,
    cipher: XChaCha20Poly1305,
}

impl EncryptionKey {
    /// A key, which has to be random, and an id, which is stored in clear with what it encrypts and says which key decrypts it.
    #[must_use]
    pub fn new(id: u32, mut key: [u8; 32]) -> Self {
        let cipher = XChaCha20Poly1305::new((&key).into());
        key.zeroize();
        Self { id, cipher }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The value as it is stored: the mark, the version, the key's id (little-endian), the nonce, the ciphertext, the tag.
    pub(super) fn encrypt(&self, value: &[u8], bound_to: &[u8]) -> Result<Vec<u8>, CheckpointError> {
        let nonce = XNonce::try_generate().map_err(|error| CheckpointError::Saver(error.to_string().into()))?;
        let mut stored = Vec::with_capacity(HEADER + value.len() + TAG);
        stored.extend([MARK, VERSION]);
        stored.extend(self.id.to_le_bytes());
        stored.extend(nonce.as_slice());
        stored.extend(value);
        let tag = self.cipher.encrypt_inout_detached(&nonce, bound_to, (&mut stored[HEADER..]).into());
        stored.extend(tag.map_err(|_| CheckpointError::Saver("a value is too large to be encrypted".into()))?);
        Ok(stored)
    }
}

impl fmt::Debug for EncryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncryptionKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why a value cannot be decrypted: the source of a [`CheckpointError::Decrypt`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecryptError {
    /// It was saved without encryption.
    Clear,
    /// None of the saver's keys has its key's id.
    UnknownKey {
        /// The id.
        key: u32,
    },
    /// It is not what was saved with this key: another key has the same id, the value or the record around it was changed, or
    /// it comes from elsewhere.
    Rejected {
        /// The key's id.
        key: u32,
    },
}

impl fmt::Display for DecryptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clear => f.write_str("it was saved without encryption"),
            Self::UnknownKey { key } => write!(f, "there is no key with the id {key}"),
            Self::Rejected { key } => {
                write!(f, "it was changed, or the key with the id {key} is not the one that it was saved with")
            }
        }
    }
}

impl std::error::Error for DecryptError {}

/// The value of a stored form.
pub(super) fn decrypt(keys: &[EncryptionKey], stored: &[u8], bound_to: &[u8]) -> Result<Vec<u8>, DecryptError> {
    let (&[MARK, VERSION, ref head @ ..], ciphertext) =
        stored.split_first_chunk::<HEADER>().ok_or(DecryptError::Clear)?
    else {
        return Err(DecryptError::Clear);
    };
    let (id, nonce) = head.split_first_chunk::<4>().ok_or(DecryptError::Clear)?;
    let (key, nonce) = (u32::from_le_bytes(*id), XNonce::try_from(nonce).map_err(|_| DecryptError::Clear)?);
    let mut has_id = keys.iter().filter(|known| known.id == key).peekable();
    if has_id.peek().is_none() {
        return Err(DecryptError::UnknownKey { key });
    }
    let payload = || Payload { msg: ciphertext, aad: bound_to };
    has_id.find_map(|known| known.cipher.decrypt(&nonce, payload()).ok()).ok_or(DecryptError::Rejected { key })
}
