//! The TLS provider of this process.
use rustls::crypto::{CryptoProvider, ring};

/// Makes ring the provider, unless the program has chosen one. reqwest is built without any, because its default one
/// needs a C build.
pub(crate) fn ensure_provider() {
    if CryptoProvider::get_default().is_none() {
        // Fails only if another thread was faster, and then there is one.
        let _ = ring::default_provider().install_default();
    }
}
