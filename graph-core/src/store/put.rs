//! A write that is awaited.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::backend::Write;
use super::{Namespace, Store, StoreError};

/// The greatest depth of lists and objects in a value: `serde_json` reads up to 127 levels.
const MAX_DEPTH: usize = 100;

/// A write: made by [`Collection::put`](super::Collection::put) and
/// [`Collection::put_all`](super::Collection::put_all), and done when it is awaited.
#[derive(Debug)]
#[must_use = "nothing is written until it is awaited"]
pub struct Put<'a> {
    store: &'a Store,
    namespace: &'a Namespace,
    values: Result<Vec<(String, Value)>, StoreError>,
    ttl: Option<Duration>,
    is_indexed: bool,
}

impl<'a> Put<'a> {
    pub(super) fn new<'v, T: Serialize + 'v>(
        store: &'a Store,
        namespace: &'a Namespace,
        values: impl IntoIterator<Item = (String, &'v T)>,
    ) -> Self {
        let encoded = values.into_iter().map(|(key, value)| match encode(value) {
            Ok(value) => Ok((key, value)),
            Err(source) => {
                let (namespace, ty) = (namespace.clone(), std::any::type_name::<T>());
                Err(StoreError::Encode { namespace, key, ty, source })
            }
        });
        Self { store, namespace, values: encoded.collect(), ttl: None, is_indexed: true }
    }

    /// How long what is written lives, by the backend's clock. Then it is as if it were deleted. A later write without a
    /// time to live lasts.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = Some(ttl);
        self
    }

    /// Embeds nothing, so that no search by text finds what is written.
    pub fn unindexed(mut self) -> Self {
        self.is_indexed = false;
        self
    }
}

/// # Errors
/// The value is none of JSON, or is nested deeper than every backend can read again.
fn encode(value: &impl Serialize) -> Result<Value, serde_json::Error> {
    let value = serde_json::to_value(value)?;
    if depth(&value) > MAX_DEPTH {
        return Err(serde::ser::Error::custom("it is nested deeper than 100 levels"));
    }
    Ok(value)
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

impl<'a> IntoFuture for Put<'a> {
    type Output = Result<(), StoreError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let Self { store, namespace, values, ttl, is_indexed } = self;
            let write = |(key, value)| Write::new(namespace.clone(), key, value, ttl);
            store.put(values?.into_iter().map(write).collect(), is_indexed).await
        })
    }
}
