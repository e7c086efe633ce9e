//! The TLS provider of the process.
use rustls::crypto::{CryptoProvider, ring};

/// Installs ring as the provider, unless the program has chosen one. reqwest is built without a provider, because its
/// default one needs a C build.
pub(crate) fn ensure_provider() {
    if CryptoProvider::get_default().is_none() {
        // Fails only if another thread was first, which is fine.
        let _ = ring::default_provider().install_default();
    }
}
