//! The syntax of policies.

use proc_macro2::{Span, TokenStream};
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, LitStr, Token, token};

use super::{Cache, Policy, RetryField, RetryValue};
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::options::Options;
use crate::source::Code;

const EXAMPLE: &str = "write a number and a unit: `\"500ms\"`, `\"10s\"`, `\"2m\"`, `\"1h\"`";
const DEFAULTS: [&str; 2] = [keyword::RETRY, keyword::TIMEOUT];
const TIMEOUT_KEYS: [&str; 2] = ["run", "idle"];
const CACHE_KEYS: [&str; 2] = ["ttl", "key"];
pub(super) const RETRY_KEYS: [&str; 6] = ["max_attempts", "initial", "factor", "max", "jitter", "when"];

/// Reads `retry(..), timeout(..)`: the policies that a graph can give to all of its nodes.
pub(crate) fn defaults(input: TokenStream, diagnostics: &Diagnostics) -> Policy {
    let mut policy = Policy::default();
    Options::new("`defaults(..)`", &DEFAULTS, diagnostics).tokens(input, |key, span, value| match key {
        keyword::RETRY => policy.retry(value, diagnostics),
        _ => policy.timeout(span, value, diagnostics),
    });
    policy
}

impl Policy {
    /// Reads `retry`, or `retry(max_attempts = 3, initial = "500ms", ..)`, after the key.
    pub(crate) fn retry(&mut self, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
        let mut fields = Vec::new();
        if input.peek(Token![=]) {
            let equals = input.parse::<Token![=]>()?;
            let attempts: syn::Expr = input.parse()?;
            let help = format!("write `retry(max_attempts = {})`", crate::text::of(attempts));
            return Err(syn::Error::new_spanned(equals, with_help("`retry` has its options in parentheses", help)));
        }
        if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            let read = |input: ParseStream<'_>| {
                Options::new("`retry(..)`", &RETRY_KEYS, diagnostics).list(input, |key, span, value| {
                    value.parse::<Token![=]>()?;
                    let given = match key {
                        "initial" | "max" => RetryValue::Millis(duration(value, diagnostics)?),
                        _ => RetryValue::Expr(Code(value.parse()?)),
                    };
                    fields.push(RetryField { key: Ident::new(key, span), value: given });
                    Ok(())
                })
            };
            read.parse2(content.parse()?)?;
        }
        self.retry = Some(fields);
        Ok(())
    }

    /// Reads `= "10s"`, or `(run = "10s", idle = "1s")`, after the key.
    pub(crate) fn timeout(&mut self, key: Span, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
        if !input.peek(token::Paren) {
            let help = "write `timeout = \"30s\"`, or `timeout(run = \"30s\", idle = \"5s\")`";
            input.parse::<Token![=]>().map_err(|_| syn::Error::new(key, with_help("of how long?", help)))?;
            self.timeout.run = Some(duration(input, diagnostics)?);
            return Ok(());
        }
        let content;
        syn::parenthesized!(content in input);
        let read = |input: ParseStream<'_>| {
            Options::new("`timeout(..)`", &TIMEOUT_KEYS, diagnostics).list(input, |key, _, value| {
                value.parse::<Token![=]>()?;
                let millis = Some(duration(value, diagnostics)?);
                *(if key == "run" { &mut self.timeout.run } else { &mut self.timeout.idle }) = millis;
                Ok(())
            })
        };
        let before = diagnostics.len();
        read.parse2(content.parse()?)?;
        if self.timeout.run.is_none() && self.timeout.idle.is_none() && diagnostics.len() == before {
            let help =
                "write `run = \"30s\"` for the whole, `idle = \"5s\"` for the time without a sign of life, or both";
            diagnostics.error_at(key, with_help("this timeout has no time", help));
        }
        Ok(())
    }

    /// Reads nothing, or `(ttl = "5m", key = |state| ..)`, after the key.
    pub(crate) fn cache(&mut self, input: ParseStream<'_>, diagnostics: &Diagnostics) -> syn::Result<()> {
        let mut cache = Cache::default();
        if input.peek(token::Paren) {
            let content;
            syn::parenthesized!(content in input);
            let read = |input: ParseStream<'_>| {
                Options::new("`cache(..)`", &CACHE_KEYS, diagnostics).list(input, |key, _, value| {
                    value.parse::<Token![=]>()?;
                    if key == "ttl" {
                        cache.ttl = Some(duration(value, diagnostics)?);
                    } else {
                        cache.key = Some(Code(value.parse()?));
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
    pub(crate) fn on_error(&mut self, key: Span, input: ParseStream<'_>) -> syn::Result<()> {
        let help = "write `on_error = handler`, where `handler` is a `#[node]` function";
        input.parse::<Token![=]>().map_err(|_| syn::Error::new(key, with_help("expected `=` after this", help)))?;
        let path = input.parse().map_err(|error: syn::Error| {
            syn::Error::new(error.span(), with_help("expected the name of a node", help))
        })?;
        self.on_error = Some(Code(path));
        Ok(())
    }
}

/// Reads a duration such as `"10s"`, in milliseconds. One that is wrong is reported, and counts as zero.
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
