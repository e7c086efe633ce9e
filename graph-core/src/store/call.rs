//! Calling a backend or an embedder: a panic becomes an error.

use std::future::Future;

use super::StoreError;
use crate::panic::catch_panics;

/// Awaits a call. A backend is shared with other runs whatever happens, so it has to stay usable after its panic anyway.
pub(super) async fn caught<T, F: Future<Output = Result<T, StoreError>>>(
    operation: &'static str,
    call: impl FnOnce() -> F,
) -> Result<T, StoreError> {
    catch_panics(call).await.unwrap_or_else(|message| Err(StoreError::Panic { operation, message }))
}
