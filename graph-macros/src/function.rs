//! The function under an attribute. Its signature is parsed; its body stays tokens.
//!
//! rustc reports syntax errors in the body, and the type beside the function is generated all the same.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Attribute, FnArg, Generics, Ident, Item, Safety, Signature, Type, Visibility};

use crate::diagnostics::{Diagnostics, with_help};
use crate::state_pattern::Rebound;

pub(crate) struct Function {
    attributes: Vec<Attribute>,
    pub vis: Visibility,
    pub signature: Signature,
    /// Everything after the signature.
    pub body: TokenStream,
    /// `()`: what it returns without a return type.
    pub unit: Type,
}

impl Function {
    /// The function; `None` if the item is something else or does not parse.
    pub(crate) fn parse(item: &TokenStream) -> Option<Self> {
        syn::parse2(item.clone()).ok()
    }

    /// Whether it has a body: a declaration ends with a `;` instead.
    pub(crate) fn has_body(&self) -> bool {
        self.body.clone().into_iter().any(|token| matches!(token, TokenTree::Group(_)))
    }

    /// The doc comments.
    pub(crate) fn docs(&self) -> Vec<&Attribute> {
        self.attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).collect()
    }

    /// The first attribute of exactly this name; one of another crate, `other::node`, is none of ours.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.path().is_ident(name))
    }

    /// The function without attributes of this name.
    pub(crate) fn without(&self, name: &str) -> TokenStream {
        let Self { attributes, vis, signature, body, .. } = self;
        let attributes = attributes.iter().filter(|attribute| !attribute.path().is_ident(name));
        quote!(#(#attributes)* #vis #signature #body)
    }

    /// The function to be put inside another one of its name: private, without documentation.
    pub(crate) fn inner(&self) -> TokenStream {
        let (attributes, signature, body) = (self.kept(), &self.signature, &self.body);
        quote!(#(#attributes)* #signature #body)
    }

    /// [`inner`](Self::inner), whose parameters have no attribute of this name.
    pub(crate) fn inner_without(&self, name: &str) -> TokenStream {
        let (attributes, signature, body) = (self.kept(), bare(&self.signature, &[name]), &self.body);
        quote!(#(#attributes)* #signature #body)
    }

    /// The function without `#[tool]`, whose parameters have no attributes of these names.
    pub(crate) fn with_bare_parameters(&self, names: &[&str]) -> TokenStream {
        let Self { attributes, vis, body, .. } = self;
        let attributes = attributes.iter().filter(|attribute| !attribute.path().is_ident("tool"));
        let signature = bare(&self.signature, names);
        quote!(#(#attributes)* #vis #signature #body)
    }

    /// The attributes of the function itself, without those of the item that is made of it.
    fn kept(&self) -> impl Iterator<Item = &Attribute> {
        let outer = |attribute: &&Attribute| ["doc", "cfg"].iter().any(|name| attribute.path().is_ident(name));
        self.attributes.iter().filter(move |attribute| !outer(attribute))
    }

    /// The `#[cfg(..)]`s, which the type beside the function needs too.
    pub(crate) fn cfgs(&self) -> Vec<&Attribute> {
        self.attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect()
    }

    /// The function with the parameter `index` bound as `rebound` says:
    ///
    /// ```text
    /// async fn rate(Story { joke, .. }: &Story) -> Rating { let .. = ..; #[allow(unused_braces)] { .. } }
    /// ```
    ///
    /// The body stays one group: rustc would report an error at its braces twice if they were made anew.
    pub(crate) fn with(&self, index: usize, rebound: &Rebound) -> TokenStream {
        let Self { attributes, vis, signature, body, .. } = self;
        let mut signature = signature.clone();
        if let Some(FnArg::Typed(parameter)) = signature.inputs.iter_mut().nth(index) {
            *parameter.pat = rebound.pattern.clone();
        }
        let statements = &rebound.statements;
        let body = match inner_attributes(body) {
            Some((inner, body)) => quote!({ #inner #statements #body }),
            None => quote!({ #statements #[allow(unused_braces)] #body }),
        };
        quote!(#(#attributes)* #vis #signature #body)
    }

    /// Reports a method, and qualifiers that neither a node nor a reducer can have.
    pub(crate) fn must_be_plain(&self, what: &str, diagnostics: &Diagnostics) {
        let signature = &self.signature;
        if let Some(receiver) = signature.receiver() {
            let help = "move it out of the `impl`; what it needs of `self` belongs in the state or in the graph's dependencies";
            diagnostics.error(receiver, with_help(format!("{what} is a function, not a method"), help));
        }
        if let Safety::Unsafe(token) = &signature.safety {
            diagnostics.error(token, format!("{what} cannot be unsafe"));
        }
        if let Some(token) = &signature.constness {
            diagnostics.error(token, format!("{what} cannot be const"));
        }
        if let Some(abi) = &signature.abi {
            diagnostics.error(abi, format!("{what} cannot be extern"));
        }
        if let Some(variadic) = &signature.variadic {
            diagnostics.error(variadic, format!("{what} cannot be variadic"));
        }
    }
}

/// The signature, whose parameters have no attributes of these names.
fn bare(signature: &Signature, names: &[&str]) -> Signature {
    let mut signature = signature.clone();
    for input in &mut signature.inputs {
        if let FnArg::Typed(parameter) = input {
            parameter.attrs.retain(|attribute| !names.iter().any(|name| attribute.path().is_ident(name)));
        }
    }
    signature
}

/// The inner attributes of a body, which have to come first, and the rest; `None` if it has none.
fn inner_attributes(body: &TokenStream) -> Option<(TokenStream, TokenStream)> {
    let mut body = body.clone().into_iter();
    let (Some(TokenTree::Group(group)), None) = (body.next(), body.next()) else { return None };
    let parse = |input: ParseStream<'_>| Ok((input.call(Attribute::parse_inner)?, input.parse::<TokenStream>()?));
    let (inner, rest) = parse.parse2(group.stream()).ok()?;
    (!inner.is_empty()).then(|| (quote!(#(#inner)*), rest))
}

/// An item under an attribute that belongs on a function.
pub(crate) struct NonFunction {
    keyword: TokenStream,
    what: &'static str,
    /// The name, if it is a type without generic parameters.
    pub ident: Option<Ident>,
}

impl NonFunction {
    /// The item; `None` if it is a function or does not parse, which rustc reports.
    pub(crate) fn parse(item: &TokenStream) -> Option<Self> {
        let plain = |ident: &Ident, generics: &Generics| generics.params.is_empty().then(|| ident.clone());
        let (keyword, what, ident) = match syn::parse2(item.clone()).ok()? {
            Item::Struct(item) => {
                (item.struct_token.into_token_stream(), "a struct", plain(&item.ident, &item.generics))
            }
            Item::Enum(item) => (item.enum_token.into_token_stream(), "an enum", plain(&item.ident, &item.generics)),
            Item::Impl(item) => (item.impl_token.into_token_stream(), "an `impl`", None),
            Item::Mod(item) => (item.mod_token.into_token_stream(), "a module", None),
            Item::Trait(item) => (item.trait_token.into_token_stream(), "a trait", None),
            Item::Const(item) => (item.const_token.into_token_stream(), "a constant", None),
            Item::Static(item) => (item.static_token.into_token_stream(), "a static", None),
            Item::Type(item) => (item.type_token.into_token_stream(), "a type alias", None),
            Item::Use(item) => (item.use_token.into_token_stream(), "an import", None),
            _ => return None,
        };
        Some(Self { keyword, what, ident })
    }

    pub(crate) fn report(&self, attribute: &str, help: &str, diagnostics: &Diagnostics) {
        let message = format!("`#[{attribute}]` belongs on a function, and this is {}", self.what);
        diagnostics.error(&self.keyword, with_help(message, help));
    }
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let (vis, signature) = (input.parse()?, input.parse()?);
        Ok(Self { attributes, vis, signature, body: input.parse()?, unit: syn::parse_quote!(()) })
    }
}
