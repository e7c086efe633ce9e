//! The options of `#[task(..)]`.

use proc_macro2::TokenStream;

use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};
use crate::keyword;
use crate::options::Options;
use crate::policy::Policy;

pub(super) struct TaskOptions {
    pub krate: CratePath,
    pub policy: Policy,
}

/// `#[task(retry(..), timeout = "10s", crate = ..)]`
pub(super) fn options(tokens: TokenStream, diagnostics: &Diagnostics) -> TaskOptions {
    let (mut krate, mut policy) = (CratePath::default(), Policy::default());
    let known = &[keyword::RETRY, keyword::TIMEOUT, keyword::CRATE];
    Options::new("`#[task(..)]`", known, diagnostics).tokens(tokens, |key, span, value| match key {
        keyword::RETRY => policy.retry(value, diagnostics),
        keyword::TIMEOUT => {
            policy.timeout(span, value, diagnostics)?;
            if policy.timeout.idle.is_some() {
                let help = "write `timeout = \"30s\"`, or give the node an idle timeout";
                diagnostics.error_at(span, with_help("a task has one timeout, for the whole of an attempt", help));
            }
            Ok(())
        }
        _ => {
            krate = CratePath::parse(value, diagnostics)?;
            Ok(())
        }
    });
    TaskOptions { krate, policy }
}
