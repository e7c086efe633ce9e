//! `#[node(retry(..), timeout(..))]`

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::parse::{ParseStream, Parser as _};
use syn::{Expr, LitStr, Path, Token, token};

use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::options::Options;

/// What happens to a node that fails or takes too long, as it was written.
#[derive(Default)]
pub(crate) struct Policy {
    /// The fields of the retry policy that were given, if there is one.
    pub retry: Option<Vec<TokenStream>>,
    /// Milliseconds.
    pub run: Option<u64>,
    /// Milliseconds.
    pub idle: Option<u64>,
    pub cache: Option<Cache>,
    /// The handler of its errors.
    pub on_error: Option<Path>,
}

/// `cache(ttl = "5m", key = |state| ..)`
pub(crate) struct Cache {
    /// Milliseconds.
    pub ttl: Option<u64>,
    pub key: Option<Expr>,
}

const EXAMPLE: &str = "write a number and a unit: `\"500ms\"`, `\"10s\"`, `\"2m\"`, `\"1h\"`";
const TIMEOUT_KEYS: [&str; 2] = ["run", "idle"];
const CACHE_KEYS: [&str; 2] = ["ttl", "key"];
const RETRY_KEYS: [&str; 6] = ["max_attempts", "initial", "factor", "max", "jitter", "when"];

impl Policy {
    /// The policies that a graph can give to all of its nodes: those that need to know nothing of a node.
    pub(crate) const DEFAULTS: [&'static str; 2] = [keyword::RETRY, keyword::TIMEOUT];

    /// Reads `retry(..), timeout(..)`: the policies of a graph's nodes.
    pub(crate) fn defaults(input: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut policy = Self::default();
        Options::new("`defaults(..)`", &Self::DEFAULTS, diagnostics).tokens(input, |key, span, value| match key {
            keyword::RETRY => policy.retry(value, diagnostics),
            _ => policy.timeout(span, value, diagnostics),
        });
        policy
    }

    /// Reads `retry`, or `retry(max_attempts = 3, initial = "500ms", ..)`, after the key.
    pub(super) fn retry(&mut self, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
        let mut fields = Vec::new();
        if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            let read = |input: ParseStream<'_>| {
                Options::new("`retry(..)`", &RETRY_KEYS, diagnostics).list(input, |key, span, value| {
                    value.parse::<Token![=]>()?;
                    let field = syn::Ident::new(key, span);
                    let given = match key {
                        "initial" | "max" => {
                            let millis = duration(value, diagnostics)?;
                            quote!(::core::time::Duration::from_millis(#millis))
                        }
                        _ => {
                            let given: Expr = value.parse()?;
                            quote!(#given)
                        }
                    };
                    fields.push(quote!(#field: #given));
                    Ok(())
                })
            };
            read.parse2(content.parse()?)?;
        }
        self.retry = Some(fields);
        Ok(())
    }

    /// Reads `= "10s"`, or `(run = "10s", idle = "1s")`, after the key.
    pub(super) fn timeout(&mut self, key: Span, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
        if !input.peek(token::Paren) {
            let help = "write `timeout = \"30s\"`, or `timeout(run = \"30s\", idle = \"5s\")`";
            input.parse::<Token![=]>().map_err(|_| syn::Error::new(key, with_help("of how long?", help)))?;
            self.run = Some(duration(input, diagnostics)?);
            return Ok(());
        }
        let content;
        syn::parenthesized!(content in input);
        let read = |input: ParseStream<'_>| {
            Options::new("`timeout(..)`", &TIMEOUT_KEYS, diagnostics).list(input, |key, _, value| {
                value.parse::<Token![=]>()?;
                let millis = Some(duration(value, diagnostics)?);
                *(if key == "run" { &mut self.run } else { &mut self.idle }) = millis;
                Ok(())
            })
        };
        let before = diagnostics.len();
        read.parse2(content.parse()?)?;
        if self.run.is_none() && self.idle.is_none() && diagnostics.len() == before {
            let help =
                "write `run = \"30s\"` for the whole, `idle = \"5s\"` for the time without a sign of life, or both";
            diagnostics.error_at(key, with_help("this timeout has no time", help));
        }
        Ok(())
    }

    /// Reads nothing, or `(ttl = "5m", key = |state| ..)`, after the key.
    pub(super) fn cache(&mut self, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
        let mut cache = Cache { ttl: None, key: None };
        if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            let read = |input: ParseStream<'_>| {
                Options::new("`cache(..)`", &CACHE_KEYS, diagnostics).list(input, |key, _, value| {
                    value.parse::<Token![=]>()?;
                    if key == "ttl" {
                        cache.ttl = Some(duration(value, diagnostics)?);
                    } else {
                        cache.key = Some(value.parse()?);
                    }
                    Ok(())
                })
            };
            read.parse2(content.parse()?)?;
        }
        self.cache = Some(cache);
        Ok(())
    }

    /// Reads `= handler`, after the key.
    pub(super) fn on_error(&mut self, key: Span, input: ParseStream<'_>) -> syn::Result<()> {
        let help = "write `on_error = handler`, where `handler` is a `#[node]` function";
        input.parse::<Token![=]>().map_err(|_| syn::Error::new(key, with_help("expected `=` after this", help)))?;
        let path = input.parse().map_err(|error: syn::Error| {
            syn::Error::new(error.span(), with_help("expected the name of a node", help))
        })?;
        self.on_error = Some(path);
        Ok(())
    }

    /// ```text
    /// Policy { retry: Some(Retry { max_attempts: 3, ..Retry::DEFAULT }), timeout: Timeout { run: Some(Duration::from_millis(10000)), idle: None }, cache: None, .. }
    /// ```
    pub(crate) fn expand(&self, krate: &CratePath) -> TokenStream {
        let none = quote!(::core::option::Option::None);
        let retry = self.retry.as_ref().map_or_else(
            || none.clone(),
            |fields| {
                let all = fields.len() == RETRY_KEYS.len();
                let rest = (!all).then(|| quote!(..#krate::node::Retry::DEFAULT));
                quote!(::core::option::Option::Some(#krate::node::Retry { #(#fields,)* #rest }))
            },
        );
        let (run, idle) = (in_millis(self.run), in_millis(self.idle));
        let cache = self.cache.as_ref().map_or_else(
            || none.clone(),
            |cache| {
                let ttl = in_millis(cache.ttl);
                quote!(::core::option::Option::Some(#krate::node::Cache { ttl: #ttl }))
            },
        );
        quote! {
            #krate::node::Policy {
                retry: #retry,
                timeout: #krate::node::Timeout { run: #run, idle: #idle },
                cache: #cache,
                on_error: ::core::option::Option::None,
            }
        }
    }
}

/// `Some(Duration::from_millis(10000))`
pub(super) fn in_millis(millis: Option<u64>) -> TokenStream {
    match millis {
        Some(millis) => quote!(::core::option::Option::Some(::core::time::Duration::from_millis(#millis))),
        None => quote!(::core::option::Option::None),
    }
}

/// Reads a duration such as `"10s"`, in milliseconds. One that cannot be read is reported, and counts as nothing.
fn duration(input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<u64> {
    let text: LitStr =
        input.parse().map_err(|error| syn::Error::new(error.span(), with_help("expected a duration", EXAMPLE)))?;
    match millis(&text.value()) {
        Some(millis) => Ok(millis),
        None => {
            let message = format!("`{}` is no duration", text.value());
            diagnostics.error(&text, with_help(message, EXAMPLE));
            Ok(0)
        }
    }
}

fn millis(text: &str) -> Option<u64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let factor = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor).filter(|millis| *millis > 0)
}

/// What a timeout means for a function that cannot be stopped.
pub(super) fn must_be_stoppable(policy: &Policy, is_async: bool, ident: &syn::Ident, diagnostics: &Diagnostics) {
    if (policy.run.is_some() || policy.idle.is_some()) && !is_async {
        let message = format!("`{ident}` is not async, so nothing can stop it when its `{}` is over", keyword::TIMEOUT);
        diagnostics.error(ident, with_help(message, format!("make it `async fn {ident}`, or leave the timeout out")));
    }
}

#[cfg(test)]
mod tests {
    use super::millis;

    #[test]
    fn durations_are_numbers_with_units() {
        assert_eq!(millis("500ms"), Some(500));
        assert_eq!(millis("10s"), Some(10_000));
        assert_eq!(millis("2 m"), Some(120_000));
        assert_eq!(millis("1h"), Some(3_600_000));
        for wrong in ["", "10", "s", "1.5s", "-1s", "0s", "10 days", "99999999999999999999s", "18446744073709551615h"] {
            assert_eq!(millis(wrong), None, "{wrong}");
        }
    }
}
