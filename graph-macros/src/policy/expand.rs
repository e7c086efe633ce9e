//! Policies as constants of graph-core.

use proc_macro2::TokenStream;
use quote::quote;

use super::parse::RETRY_KEYS;
use super::{Policy, RetryField, RetryValue};
use crate::crate_path::CratePath;

impl Policy {
    /// ```text
    /// Policy {
    ///     retry: Some(Retry { max_attempts: 3, ..Retry::DEFAULT }),
    ///     timeout: Timeout { run: Some(Duration::from_millis(10000)), idle: None },
    ///     cache: None,
    ///     blocking: false,
    ///     on_error: None,
    /// }
    /// ```
    pub(crate) fn expand(&self, krate: &CratePath) -> TokenStream {
        let none = quote!(::core::option::Option::None);
        let retry = self.retry.as_ref().map_or_else(
            || none.clone(),
            |fields| {
                let all = fields.len() == RETRY_KEYS.len();
                let rest = (!all).then(|| quote!(..#krate::node::Retry::DEFAULT));
                let fields = fields.iter().map(retry_field);
                quote!(::core::option::Option::Some(#krate::node::Retry { #(#fields,)* #rest }))
            },
        );
        let (run, idle) = (duration(self.timeout.run), duration(self.timeout.idle));
        let cache = self.cache.as_ref().map_or_else(
            || none.clone(),
            |cache| {
                let ttl = duration(cache.ttl);
                quote!(::core::option::Option::Some(#krate::node::Cache { ttl: #ttl }))
            },
        );
        let blocking = self.blocking;
        quote! {
            #krate::node::Policy {
                retry: #retry,
                timeout: #krate::node::Timeout { run: #run, idle: #idle },
                cache: #cache,
                blocking: #blocking,
                on_error: ::core::option::Option::None,
            }
        }
    }
}

/// `max_attempts: 3`, `initial: Duration::from_millis(500)`
fn retry_field(RetryField { key, value }: &RetryField) -> TokenStream {
    match value {
        RetryValue::Millis(millis) => quote!(#key: ::core::time::Duration::from_millis(#millis)),
        RetryValue::Expr(expr) => quote!(#key: #expr),
    }
}

/// `Some(Duration::from_millis(10000))`
pub(crate) fn duration(millis: Option<u64>) -> TokenStream {
    match millis {
        Some(millis) => quote!(::core::option::Option::Some(::core::time::Duration::from_millis(#millis))),
        None => quote!(::core::option::Option::None),
    }
}
