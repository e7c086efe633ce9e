//! The pattern of a state parameter: the fields that it binds are the fields that are read.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{FieldPat, Ident, Member, Pat, PatStruct, Token, parse_quote};

use crate::crate_path::CratePath;

/// What a pattern reads of the state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reads {
    /// Whether it binds the whole state to a name. Late fields are options there, so nothing has to be written.
    pub whole: bool,
    /// The fields that it binds, in its order. Late ones must have been written.
    pub fields: Vec<Ident>,
}

impl Reads {
    pub(crate) fn of(pattern: &Pat) -> Self {
        match pattern {
            Pat::Paren(inner) => Self::of(&inner.pat),
            Pat::Reference(inner) => Self::of(&inner.pat),
            Pat::Type(typed) => Self::of(&typed.pat),
            Pat::Ident(name) => {
                let fields = name.subpat.as_ref().map_or_else(Vec::new, |(_, inner)| Self::of(inner).fields);
                Self { whole: true, fields }
            }
            Pat::Struct(pattern) => {
                Self { whole: false, fields: pattern.fields.iter().filter_map(bound).cloned().collect() }
            }
            Pat::Wild(_) => Self::default(),
            // A macro's pattern, or one that rustc rejects: what it binds is not seen, and stays late.
            _ => Self { whole: true, fields: Vec::new() },
        }
    }

    pub(crate) fn and(mut self, other: Self) -> Self {
        self.whole |= other.whole;
        self.fields.extend(other.fields);
        self
    }

    /// The fields that must have been written:
    ///
    /// ```text
    /// FieldSet::named::<ChatState>(&["messages"])
    /// ```
    pub(crate) fn demanded(&self, krate: &CratePath, state: &TokenStream) -> TokenStream {
        if self.fields.is_empty() {
            return quote!(#krate::state::FieldSet::EMPTY);
        }
        let names = self.fields.iter().map(|field| field.unraw().to_string());
        quote!(#krate::state::FieldSet::named::<#state>(&[#(#names),*]))
    }
}

/// A parameter whose pattern binds fields, as the pattern of the expanded function and the first statements of its
/// body.
pub(crate) struct Rebound {
    pub pattern: Pat,
    pub statements: TokenStream,
}

impl Rebound {
    /// The pattern `Story { topic, joke: Joke { text, .. }, .. }` becomes `Story { topic, joke: __field_1, .. }` with
    ///
    /// ```text
    /// struct __Fields<__T0, __T1> { topic: __T0, joke: __T1 }
    /// let __Fields { topic, joke: Joke { text, .. } } =
    ///     __Fields { topic: bind(topic).get("topic"), joke: bind(__field_1).get("joke") };
    /// ```
    ///
    /// where `bind` takes a late field's value out. The user's own patterns of the fields stand in the `let`: they
    /// match the value, and rustc's lints speak of a pattern of fields.
    ///
    /// `None` if the pattern binds no field.
    pub(crate) fn of(pattern: &Pat, krate: &CratePath) -> Option<Self> {
        let mut pattern = pattern.clone();
        let (fields, by_reference) = fields_of(&mut pattern)?;
        let mut rebound = Vec::new();
        for (index, field) in fields.fields.iter_mut().enumerate() {
            let Some(name) = bound(field).cloned() else { continue };
            let colon = field.colon_token;
            let (outer, value, inner) = halves(index, field, by_reference);
            rebound.push((name, value, quote!(#colon #inner), colon.is_none().then(|| inner.clone())));
            *field.pat = outer;
            if colon.is_none() && !matches!(*field.pat, Pat::Ident(_)) {
                field.colon_token = Some(Token![:](field.span()));
            }
        }
        if rebound.is_empty() {
            return None;
        }
        let types: Vec<_> = (0..rebound.len()).map(|index| format_ident!("__T{index}")).collect();
        let names: Vec<_> = rebound.iter().map(|(name, ..)| name).collect();
        let patterns = rebound.iter().map(|(name, _, with_colon, shorthand)| match shorthand {
            Some(pattern) => quote!(#pattern),
            None => quote!(#name #with_colon),
        });
        let values = rebound.iter().map(|(name, value, ..)| {
            let text = name.unraw().to_string();
            // A test that calls the node with an unwritten field panics here.
            let bind = quote_spanned!(name.span()=> __bind(#value).get(#text));
            quote!(#name: #bind)
        });
        let statements = quote! {
            struct __Fields<#(#types),*> { #(#names: #types,)* }
            use #krate::__private::bind as __bind;
            let __Fields { #(#patterns,)* } = __Fields { #(#values,)* };
        };
        Some(Self { pattern, statements })
    }
}

/// The pattern of the fields, and whether it stands behind a `&`.
fn fields_of(pattern: &mut Pat) -> Option<(&mut PatStruct, bool)> {
    match pattern {
        Pat::Paren(inner) => fields_of(&mut inner.pat),
        Pat::Reference(inner) => fields_of(&mut inner.pat).map(|(fields, _)| (fields, true)),
        Pat::Type(typed) => fields_of(&mut typed.pat),
        Pat::Ident(name) => fields_of(&mut name.subpat.as_mut()?.1),
        Pat::Struct(fields) => Some((fields, false)),
        _ => None,
    }
}

/// The name of the field, if its pattern binds it: not `_`, and nothing that only a compiler's configuration or another
/// macro decides.
fn bound(field: &FieldPat) -> Option<&Ident> {
    match (&field.member, &*field.pat) {
        (_, Pat::Wild(_) | Pat::Macro(_) | Pat::Rest(_)) => None,
        (Member::Named(name), _) if field.attrs.is_empty() => Some(name),
        _ => None,
    }
}

/// The two patterns of a field: that of the parameter, and that of the value, with the name between them.
fn halves(index: usize, field: &FieldPat, by_reference: bool) -> (Pat, Ident, TokenStream) {
    if let Pat::Ident(name) = &*field.pat
        && name.subpat.is_none()
    {
        let (mut outer, mut inner) = (name.clone(), name.clone());
        outer.mutability = None;
        inner.by_ref = None;
        return (Pat::Ident(outer), name.ident.clone(), inner.into_token_stream());
    }
    let (name, inner) = (format_ident!("__field_{index}"), &field.pat);
    if by_reference {
        (parse_quote!(ref #name), name, quote!(&#inner))
    } else {
        (parse_quote!(#name), name, inner.into_token_stream())
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;
    use syn::Pat;
    use syn::ext::IdentExt as _;
    use syn::parse::Parser as _;

    use super::{Reads, Rebound};
    use crate::crate_path::CratePath;

    fn pattern(text: &str) -> Pat {
        Pat::parse_single.parse_str(text).unwrap()
    }

    #[test]
    fn a_pattern_reads_what_it_binds() {
        let reads = |text| {
            let reads = Reads::of(&pattern(text));
            let fields = reads.fields.iter().map(|field| field.unraw().to_string()).collect::<Vec<_>>().join(" ");
            format!("{fields}{}", if reads.whole { " whole" } else { "" })
        };
        assert_eq!(reads("_"), "");
        assert_eq!(reads("state"), " whole");
        assert_eq!(reads("whole @ Chat { a, .. }"), "a whole");
        assert_eq!(reads("Chat { a, r#type, c: [first, ..], d: _, _e: _e, .. }"), "a type c _e");
        assert_eq!(reads("&Chat { ref a, .. }"), "a");
        assert_eq!(reads("(Chat { a: mine!(), b, .. })"), "b");
        assert_eq!(reads("Chat { .. }"), "");
        assert_eq!(reads("fields!(a)"), " whole");
    }

    fn halves(text: &str) -> (String, String) {
        let Rebound { pattern, statements } = Rebound::of(&pattern(text), &CratePath::default()).unwrap();
        let statements = statements.to_string();
        let from = statements.find("let __Fields").unwrap();
        (pattern.to_token_stream().to_string(), statements[from..statements.find(" = ").unwrap()].to_owned())
    }

    #[test]
    fn the_users_patterns_move_to_the_value() {
        let both = |parameter: &str, value: &str| (parameter.to_owned(), format!("let __Fields {value}"));
        assert_eq!(
            halves("Chat { a, b: ref mine, c: mut own, .. }"),
            both("Chat { a , b : ref mine , c : own , .. }", "{ a , b : mine , c : mut own , }")
        );
        assert_eq!(
            halves("Chat { joke: Joke { text, .. }, d: _, .. }"),
            both("Chat { joke : __field_0 , d : _ , .. }", "{ joke : Joke { text , .. } , }")
        );
        assert_eq!(
            halves("&Chat { pair: (a, b), .. }"),
            both("& Chat { pair : ref __field_0 , .. }", "{ pair : & (a , b) , }")
        );
        assert_eq!(halves("Chat { mut a, .. }"), both("Chat { a , .. }", "{ mut a , }"));
    }

    #[test]
    fn a_pattern_without_fields_stays() {
        for text in ["_", "state", "Chat { .. }", "Chat { a: _, .. }", "mine!()"] {
            assert!(Rebound::of(&pattern(text), &CratePath::default()).is_none(), "{text}");
        }
    }
}
