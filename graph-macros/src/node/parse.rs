//! The options of `#[node(..)]`.

use proc_macro2::TokenStream;
use syn::Ident;

use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::policy::Policy;
use crate::{keyword, options};

pub(crate) struct Options {
    pub krate: CratePath,
    pub policy: Policy,
}

/// The options of the node `ident`.
pub(super) fn options(tokens: TokenStream, ident: &Ident, diagnostics: &Diagnostics) -> Options {
    let mut krate = CratePath::default();
    let mut policy = Policy::default();
    let defer = with_help(
        "a node is deferred in a graph, not where it is defined",
        format!("write `defer {ident};` in `graph!`"),
    );
    let mut known = options::Options::new(
        "`#[node(..)]`",
        &[keyword::CRATE, keyword::RETRY, keyword::TIMEOUT, keyword::CACHE, keyword::BLOCKING, keyword::ON_ERROR],
        diagnostics,
    )
    .elsewhere(keyword::DEFER, defer);
    known.tokens(tokens, |key, span, value| match key {
        keyword::RETRY => policy.retry(value, diagnostics),
        keyword::CACHE => policy.cache(value, diagnostics),
        keyword::BLOCKING => {
            policy.blocking = true;
            Ok(())
        }
        keyword::ON_ERROR => policy.on_error(span, value),
        keyword::TIMEOUT => policy.timeout(span, value, diagnostics),
        _ => {
            krate = CratePath::parse(value, diagnostics)?;
            Ok(())
        }
    });
    Options { krate, policy }
}
