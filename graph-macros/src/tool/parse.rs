//! The options of `#[tool(..)]`.

use proc_macro2::TokenStream;
use syn::{LitBool, LitStr, Token};

use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::options::Options;
use crate::policy::Policy;

pub(super) struct ToolOptions {
    pub krate: CratePath,
    pub policy: Policy,
    /// Its name for the model, if it is not that of the function.
    pub name: Option<LitStr>,
    /// Whether the provider enforces its schema, if that is said.
    pub strict: Option<bool>,
    /// Whether it runs elsewhere.
    pub is_external: bool,
}

/// `#[tool(name = "search", strict = true, retry(..), timeout = "10s", crate = ..)]`
pub(super) fn options(tokens: TokenStream, diagnostics: &Diagnostics) -> ToolOptions {
    let (mut krate, mut policy, mut name, mut strict) = (CratePath::default(), Policy::default(), None, None);
    let mut is_external = false;
    let known = &[keyword::NAME, keyword::EXTERNAL, keyword::STRICT, keyword::RETRY, keyword::TIMEOUT, keyword::CRATE];
    Options::new("`#[tool(..)]`", known, diagnostics).tokens(tokens, |key, span, value| match key {
        keyword::NAME => {
            value.parse::<Token![=]>()?;
            name = Some(value.parse()?);
            Ok(())
        }
        keyword::EXTERNAL => {
            is_external = true;
            Ok(())
        }
        keyword::STRICT => {
            value.parse::<Token![=]>()?;
            strict = Some(value.parse::<LitBool>()?.value);
            Ok(())
        }
        keyword::RETRY => policy.retry(value, diagnostics),
        keyword::TIMEOUT => {
            policy.timeout(span, value, diagnostics)?;
            if policy.timeout.idle.is_some() {
                let help = "write `timeout = \"30s\"`, or give the node an idle timeout";
                diagnostics.error_at(span, with_help("a tool has one timeout, for the whole of an attempt", help));
            }
            Ok(())
        }
        _ => {
            krate = CratePath::parse(value, diagnostics)?;
            Ok(())
        }
    });
    ToolOptions { krate, policy, name, strict, is_external }
}
