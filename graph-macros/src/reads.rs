//! The fields of the state that a function reads.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{Ident, Member, Pat, Type};

use crate::crate_path::CratePath;

/// The fields that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reads {
    Nothing,
    /// The whole state: every `Late` field counts as read.
    Whole,
    /// These fields, in the order of their first mention.
    Fields(Vec<Ident>),
}

impl Reads {
    /// The fields that `pattern` binds, or, if it binds the state to a name, those that `body` reads by that name.
    ///
    /// `name.field` reads a field. The name without a dot, with a method, or in a string that may be a format reads the
    /// whole.
    pub(crate) fn of(pattern: &Pat, body: &TokenStream) -> Self {
        match pattern {
            Pat::Wild(_) => Self::Nothing,
            Pat::Paren(inner) => Self::of(&inner.pat, body),
            Pat::Reference(inner) => Self::of(&inner.pat, body),
            Pat::Type(typed) => Self::of(&typed.pat, body),
            Pat::Ident(name) if name.subpat.is_none() => {
                let mut fields = Vec::new();
                let known = behind_dots(&name.ident.to_string(), body.clone(), &mut fields);
                if known { Self::Fields(fields) } else { Self::Whole }
            }
            Pat::Struct(pattern) => {
                let read = pattern.fields.iter().filter(|field| !matches!(*field.pat, Pat::Wild(_)));
                Self::Fields(
                    read.filter_map(|field| match &field.member {
                        Member::Named(name) => Some(name.clone()),
                        Member::Unnamed(_) => None,
                    })
                    .collect(),
                )
            }
            _ => Self::Whole,
        }
    }

    /// ```text
    /// FieldSet::named::<ChatState>(&["messages"])
    /// ```
    pub(crate) fn set(&self, krate: &CratePath, state: &TokenStream) -> TokenStream {
        match self {
            Self::Nothing => quote!(#krate::state::FieldSet::EMPTY),
            Self::Whole => quote!(#krate::state::FieldSet::late::<#state>()),
            Self::Fields(fields) => {
                let names = fields.iter().map(|field| field.unraw().to_string());
                quote!(#krate::state::FieldSet::named::<#state>(&[#(#names),*]))
            }
        }
    }

    /// [`set`](Self::set) for the user's state type.
    pub(crate) fn set_of(&self, krate: &CratePath, state: &Type) -> TokenStream {
        self.set(krate, &quote!(#state))
    }
}

/// Collects the fields after `name.`; `false` if the name is used in another way.
fn behind_dots(name: &str, body: TokenStream, fields: &mut Vec<Ident>) -> bool {
    let mut tokens = body.into_iter().peekable();
    let mut behind_dot = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if !behind_dots(name, group.stream(), fields) => return false,
            // Not a field of that name of another value.
            TokenTree::Ident(ident) if ident == name && !behind_dot => {
                if !matches!(tokens.next(), Some(TokenTree::Punct(dot)) if dot.as_char() == '.') {
                    return false;
                }
                let Some(TokenTree::Ident(field)) = tokens.next() else { return false };
                // A method: `state.len()`, `state.get::<T>()`. Other groups after a field are not part of it.
                let method = match tokens.peek() {
                    Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
                    Some(TokenTree::Punct(punct)) => punct.as_char() == ':',
                    _ => false,
                };
                if method {
                    return false;
                }
                if !fields.contains(&field) {
                    fields.push(field);
                }
            }
            TokenTree::Literal(literal) if literal.to_string().contains(&format!("{{{name}")) => return false,
            TokenTree::Punct(punct) => {
                behind_dot = punct.as_char() == '.';
                continue;
            }
            _ => {}
        }
        behind_dot = false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::Reads;
    use syn::Pat;
    use syn::ext::IdentExt as _;
    use syn::parse::Parser as _;

    fn reads(pattern: &str, body: &str) -> String {
        match Reads::of(&Pat::parse_single.parse_str(pattern).unwrap(), &body.parse().unwrap()) {
            Reads::Nothing => "nothing".to_owned(),
            Reads::Whole => "whole".to_owned(),
            Reads::Fields(fields) => fields.iter().map(|field| field.unraw().to_string()).collect::<Vec<_>>().join(" "),
        }
    }

    #[test]
    fn a_pattern_reads_what_it_names() {
        assert_eq!(reads("_", ""), "nothing");
        assert_eq!(reads("whole @ Chat { a, .. }", ""), "whole");
        assert_eq!(reads("Chat { a, r#type, c: [first, ..], d: _, .. }", ""), "a type c");
        assert_eq!(reads("&Chat { ref a, .. }", ""), "a");
        assert_eq!(reads("Chat { .. }", ""), "");
    }

    #[test]
    fn a_name_reads_the_fields_after_its_dots() {
        assert_eq!(reads("state", "if state.a.len() > f(&state.b) { other.state } else { state.a }"), "a b");
        assert_eq!(reads("state", "if state.a < state.b { x } else { match state.c { _ => state.d[0] } }"), "a b c d");
        assert_eq!(reads("state", "let x = 1;"), "");
        assert_eq!(reads("state", "format!(\"{}\", state.a)"), "a");
        for body in
            ["f(state)", "state.clone()", "state.get::<u8>()", "format!(\"{state:?}\")", "let s = state; s.a", "&state"]
        {
            assert_eq!(reads("state", body), "whole", "{body}");
        }
    }
}
