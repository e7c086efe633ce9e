//! What the function of a tool takes and returns, and what the model is told about it.

use syn::ext::IdentExt as _;
use syn::{Attribute, Expr, FnArg, Ident, Meta, Pat, PatType, ReturnType, Type, TypeReference, Visibility};

use super::parse::ToolOptions;
use crate::crate_path::CratePath;
use crate::function::Function;
use crate::keyword;
use crate::policy::Policy;

pub(super) struct ToolFunction<'a> {
    pub krate: CratePath,
    pub policy: Policy,
    /// Its name for the model.
    pub name: String,
    /// Whether the provider enforces its schema, if that is said.
    pub strict: Option<bool>,
    /// Whether it runs elsewhere, so that its function has no body.
    pub is_external: bool,
    /// The option that gives its name, for errors.
    pub given_name: Option<syn::LitStr>,
    pub vis: &'a Visibility,
    pub ident: &'a Ident,
    pub is_async: bool,
    pub is_method: bool,
    /// The lines of its doc comment.
    pub docs: Vec<&'a Expr>,
    pub parameters: Vec<Parameter<'a>>,
    /// The type that it returns; `None` if it is an `impl Trait`.
    pub returned: Option<&'a Type>,
}

pub(super) struct Parameter<'a> {
    pub kind: Kind<'a>,
    pub pattern: &'a Pat,
    pub ty: &'a Type,
    /// The lines of its doc comment.
    pub docs: Vec<&'a Expr>,
}

/// What a parameter is: a reference is the context, and everything else is an argument.
pub(super) enum Kind<'a> {
    /// The model writes it, under this name; `None` if the pattern has none, which is an error.
    Argument(Option<String>),
    /// Given where the tool is put into its set.
    Injected,
    Context(&'a TypeReference),
    /// `&str`, `&[T]`: references to what is surely no context.
    Borrowed(&'a TypeReference),
}

impl<'a> ToolFunction<'a> {
    pub(super) fn of(
        ToolOptions { krate, policy, name, strict, is_external }: ToolOptions,
        function: &'a Function,
    ) -> Self {
        let signature = &function.signature;
        let ident = &signature.ident;
        let returned = match &signature.output {
            ReturnType::Type(_, ty) => Some(&**ty).filter(|ty| !matches!(ty, Type::ImplTrait(_))),
            ReturnType::Default => Some(&function.unit),
        };
        Self {
            krate,
            policy,
            name: name.as_ref().map_or_else(|| ident.unraw().to_string(), syn::LitStr::value),
            strict,
            is_external,
            given_name: name,
            vis: &function.vis,
            ident,
            is_async: signature.asyncness.is_some(),
            is_method: signature.receiver().is_some(),
            docs: docs(function.docs()),
            parameters: signature.inputs.iter().filter_map(typed).map(Parameter::of).collect(),
            returned,
        }
    }

    pub(super) fn context(&self) -> Option<&Type> {
        self.parameters.iter().find_map(|parameter| match parameter.kind {
            Kind::Context(reference) => Some(&*reference.elem),
            _ => None,
        })
    }

    /// The types that are given where the tool is put into its set.
    pub(super) fn injected(&self) -> Vec<&Type> {
        let is_injected = |parameter: &&Parameter<'_>| matches!(parameter.kind, Kind::Injected);
        self.parameters.iter().filter(is_injected).map(|parameter| owned(parameter.ty)).collect()
    }
}

impl<'a> Parameter<'a> {
    fn of(typed: &'a PatType) -> Self {
        let is_injected = typed.attrs.iter().any(|attribute| attribute.path().is_ident(keyword::INJECT));
        let kind = match unwrapped(&typed.ty) {
            _ if is_injected => Kind::Injected,
            Type::Reference(reference) if is_path(&reference.elem) => Kind::Context(reference),
            Type::Reference(reference) => Kind::Borrowed(reference),
            _ => Kind::Argument(name(&typed.pat)),
        };
        Self { kind, pattern: &typed.pat, ty: &typed.ty, docs: docs(typed.attrs.iter()) }
    }
}

/// The type of an injected value: behind a reference, it is the tool that owns it.
pub(super) fn owned(ty: &Type) -> &Type {
    match unwrapped(ty) {
        Type::Reference(reference) => &reference.elem,
        other => other,
    }
}

fn typed(input: &FnArg) -> Option<&PatType> {
    match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    }
}

fn unwrapped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => unwrapped(&group.elem),
        Type::Paren(paren) => unwrapped(&paren.elem),
        other => other,
    }
}

/// Whether a type may be a context: `str` is none.
fn is_path(ty: &Type) -> bool {
    matches!(unwrapped(ty), Type::Path(path) if !path.path.is_ident("str"))
}

fn name(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(name) if name.subpat.is_none() => Some(name.ident.unraw().to_string()),
        _ => None,
    }
}

/// The texts of doc comments: literals, or macros such as `include_str!`.
fn docs<'a>(attributes: impl IntoIterator<Item = &'a Attribute>) -> Vec<&'a Expr> {
    let text = |attribute: &'a Attribute| match &attribute.meta {
        Meta::NameValue(doc) if doc.path.is_ident("doc") => Some(&doc.value),
        _ => None,
    };
    attributes.into_iter().filter_map(text).collect()
}
