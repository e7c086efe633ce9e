//! The variables of a text, which has the form of `format!`.

use syn::{Ident, LitStr};

use crate::diagnostics::{Diagnostics, with_help};

/// A variable in a text.
pub(super) struct Mention {
    pub ident: Ident,
    /// Whether it stands as `{name:?}`.
    pub is_debug: bool,
}

/// The variables of a text, in their order; what is wrong is reported.
pub(super) fn mentions(text: &LitStr, diagnostics: &Diagnostics) -> Vec<Mention> {
    let value = text.value();
    let mut mentions = Vec::new();
    let mut rest = &*value;
    while let Some(at) = rest.find(['{', '}']) {
        let brace = &rest[at..=at];
        let after = &rest[at + 1..];
        if let Some(escaped) = after.strip_prefix(brace) {
            rest = escaped;
            continue;
        }
        let end = if brace == "{" { after.find(['{', '}']).filter(|end| after[*end..].starts_with('}')) } else { None };
        let Some(end) = end else {
            let help = format!("write `{brace}{brace}` for a brace, or `{{name}}` for a variable");
            diagnostics.error(text, with_help(format!("a lone `{brace}`"), help));
            break;
        };
        match mention(&after[..end], text) {
            Ok(mention) => mentions.push(mention),
            Err(error) => diagnostics.error(text, error),
        }
        rest = &after[end + 1..];
    }
    mentions
}

/// `name`, `name:?`, `name:.2`
fn mention(inside: &str, text: &LitStr) -> Result<Mention, String> {
    let (name, spec) = inside.split_once(':').unwrap_or((inside, ""));
    let name = name.trim();
    let Ok(mut ident) = syn::parse_str::<Ident>(name) else {
        let help = "write `{topic}`; `{{` and `}}` are braces";
        return Err(with_help(format!("`{{{inside}}}` is no variable: it has no name"), help));
    };
    // `format!` resolves what it captures where the text stands.
    ident.set_span(text.span());
    let spec = spec.trim_end();
    let kind = spec.trim_end_matches('?');
    if kind.ends_with(|last: char| last.is_alphabetic()) || kind.contains('$') {
        let help = format!("write `{{{name}}}`, `{{{name}:?}}`, or with a width or precision that is a number");
        return Err(with_help(format!("`{{{inside}}}` is no form in which a template shows a variable"), help));
    }
    Ok(Mention { ident, is_debug: spec.ends_with('?') })
}
