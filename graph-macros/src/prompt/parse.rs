//! The tokens of a template as a syntax tree.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Ident, LitStr, Token, Visibility};

use crate::crate_path::CratePath;
use crate::diagnostics::{Diagnostics, with_help};

pub(super) struct Syntax {
    pub krate: CratePath,
    pub attributes: Vec<Attribute>,
    pub vis: Visibility,
    pub ident: Ident,
    pub entries: Vec<Entry>,
}

/// One line of a template.
pub(super) enum Entry {
    /// `system: "You are {mood}."`
    Message { role: Ident, text: LitStr },
    /// `..history`
    Messages(Ident),
}

/// The template; `None` if its name could not be parsed.
pub(super) fn template(input: TokenStream, diagnostics: &Diagnostics) -> Option<Syntax> {
    let parsed = (|input: ParseStream<'_>| {
        let krate;
        syn::bracketed!(krate in input);
        let krate = CratePath::known(krate.parse()?);
        let (attributes, vis) = (input.call(Attribute::parse_outer)?, input.parse()?);
        let ident = name(input)?;
        let lines;
        syn::braced!(lines in input);
        let entries = entries(&lines, diagnostics);
        if !input.is_empty() {
            return Err(input.error("a template ends here"));
        }
        Ok(Syntax { krate, attributes, vis, ident, entries })
    })
    .parse2(input);
    diagnostics.ok(parsed)
}

fn name(input: ParseStream<'_>) -> syn::Result<Ident> {
    input.parse().map_err(|error| {
        let help = "write `prompt! { Joke { user: \"Tell me a joke about {topic}.\" } }`";
        syn::Error::new(error.span(), with_help("a template has a name", help))
    })
}

/// The lines, up to the first that is none.
fn entries(input: ParseStream<'_>, diagnostics: &Diagnostics) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !input.is_empty() {
        let entry = entry(input).and_then(|entry| {
            entries.push(entry);
            if input.is_empty() { Ok(()) } else { comma(input) }
        });
        if diagnostics.ok(entry).is_none() {
            // What follows is not known to be a line.
            let _ = input.parse::<TokenStream>();
        }
    }
    entries
}

fn entry(input: ParseStream<'_>) -> syn::Result<Entry> {
    if input.peek(Token![..]) {
        input.parse::<Token![..]>()?;
        return input.parse().map(Entry::Messages);
    }
    if !input.peek(Ident) {
        let help = "write `system: \"..\"`, `user: \"..\"`, `assistant: \"..\"`, or `..history` for messages";
        return Err(input.error(with_help("this is no message of a template", help)));
    }
    let role: Ident = input.parse()?;
    input.parse::<Token![:]>().map_err(|error| {
        syn::Error::new(error.span(), with_help("a role has a text", format!("write `{role}: \"..\"`")))
    })?;
    let text = input.parse::<LitStr>().map_err(|error| {
        let help = "a text of the program's is a variable: `\"{question}\"`";
        syn::Error::new(error.span(), with_help("the text of a template is a literal", help))
    })?;
    Ok(Entry::Message { role, text })
}

fn comma(input: ParseStream<'_>) -> syn::Result<()> {
    input.parse::<Token![,]>().map(|_| ()).map_err(|error| {
        syn::Error::new(
            error.span(),
            with_help("the messages of a template are separated by commas", "add `,` before this"),
        )
    })
}
