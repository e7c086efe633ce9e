//! An item of a store.

use std::time::SystemTime;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Namespace, StoreError};

/// An item of a store, with its value as a `T`: a [`Value`] as a backend has it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Item<T = Value> {
    /// Where it is.
    pub namespace: Namespace,
    /// Its key in the namespace.
    pub key: String,
    /// Its value.
    pub value: T,
    /// When the key was written first, since it was last deleted or had expired.
    pub created_at: SystemTime,
    /// When it was last written.
    pub updated_at: SystemTime,
    /// When it expires, if it does.
    pub expires_at: Option<SystemTime>,
    /// In a search by text, the cosine of the angle between its vector and that of the text: 1 is the same direction.
    pub score: Option<f32>,
}

impl Item {
    /// An item as a backend has it, that never expires and has no score.
    #[must_use]
    pub fn new(
        namespace: Namespace,
        key: impl Into<String>,
        value: Value,
        created_at: SystemTime,
        updated_at: SystemTime,
    ) -> Self {
        Self { namespace, key: key.into(), value, created_at, updated_at, expires_at: None, score: None }
    }

    /// Sets [`expires_at`](Self::expires_at).
    #[must_use]
    pub fn expires_at(mut self, at: Option<SystemTime>) -> Self {
        self.expires_at = at;
        self
    }

    /// # Errors
    /// [`StoreError::Decode`].
    pub(super) fn decode<T: DeserializeOwned>(self) -> Result<Item<T>, StoreError> {
        let Self { namespace, key, value, created_at, updated_at, expires_at, score } = self;
        match serde_json::from_value(value) {
            Ok(value) => Ok(Item { namespace, key, value, created_at, updated_at, expires_at, score }),
            Err(source) => Err(StoreError::Decode { namespace, key, ty: std::any::type_name::<T>(), source }),
        }
    }
}
