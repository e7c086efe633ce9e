//! An item of a store, as the columns of its row.

use std::fmt::Display;
use std::time::SystemTime;

use graph_core::store::backend::Vectors;
use graph_core::store::{Item, Namespace, StoreError};
use serde_json::Value;

use crate::fault::Fault as _;

/// A row.
pub(crate) struct Row {
    pub(crate) namespace: Namespace,
    pub(crate) key: String,
    /// JSON.
    pub(crate) value: String,
    pub(crate) created_at: SystemTime,
    pub(crate) updated_at: SystemTime,
    pub(crate) expires_at: Option<SystemTime>,
}

impl Row {
    /// # Errors
    /// [`StoreError::Damaged`].
    pub(crate) fn item(self) -> Result<Item, StoreError> {
        match serde_json::from_str(&self.value) {
            Ok(value) => Ok(Item::new(self.namespace, self.key, value, self.created_at, self.updated_at)
                .expires_at(self.expires_at)),
            Err(error) => Err(damaged(self.namespace, self.key, error)),
        }
    }

    /// What is in the column of vectors.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub(crate) fn vectors(&self, bytes: Option<&[u8]>) -> Result<Vectors, StoreError> {
        let vectors = bytes.map_or(Some(Vectors::default()), Vectors::from_bytes);
        vectors.ok_or_else(|| damaged(self.namespace.clone(), self.key.clone(), "its vectors cannot be read"))
    }
}

fn damaged(namespace: Namespace, key: String, reason: impl Display) -> StoreError {
    StoreError::Damaged { namespace, key, reason: reason.to_string() }
}

/// A value, as it is kept.
pub(crate) fn json(value: &Value) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(StoreError::of)
}
