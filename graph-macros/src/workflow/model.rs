//! What the function of a workflow takes and returns.

use std::borrow::Cow;

use syn::{FnArg, Ident, Pat, PatType, ReturnType, Type, TypeReference, Visibility, parse_quote};

use super::parse::WorkflowOptions;
use crate::diagnostics::{Diagnostics, with_help};
use crate::function::Function;
use crate::keyword;

pub(super) struct Workflow<'a> {
    pub options: WorkflowOptions,
    pub vis: &'a Visibility,
    pub ident: &'a Ident,
    pub is_async: bool,
    /// The parameters before the context, in their order.
    pub arguments: Vec<Argument<'a>>,
    /// The last parameter; `None` if there is none, or if it is no reference, which is an error.
    pub context: Option<&'a Type>,
    pub returned: Option<&'a Type>,
}

/// An argument, which is a field of the state.
pub(super) struct Argument<'a> {
    pub name: &'a Ident,
    /// The type of the parameter; that of what it borrows if it is a reference, which is an error.
    pub ty: Cow<'a, Type>,
    /// The reference, which is an error.
    pub borrowed: Option<&'a TypeReference>,
    /// `#[previous]`: what the thread's last run has saved.
    pub is_previous: bool,
}

impl<'a> Workflow<'a> {
    pub(super) fn of(options: WorkflowOptions, function: &'a Function, diagnostics: &Diagnostics) -> Self {
        let signature = &function.signature;
        let mut typed: Vec<_> = signature.inputs.iter().filter_map(typed).collect();
        let context = typed.pop().and_then(|last| match &*last.ty {
            Type::Reference(reference) => Some(&*reference.elem),
            _ => None,
        });
        let arguments = typed.into_iter().filter_map(|argument| Argument::of(argument, diagnostics)).collect();
        let returned = match &signature.output {
            ReturnType::Type(_, ty) => Some(&**ty).filter(|ty| !matches!(ty, Type::ImplTrait(_))),
            ReturnType::Default => Some(&function.unit),
        };
        let (is_async, vis, ident) = (signature.asyncness.is_some(), &function.vis, &signature.ident);
        Self { options, vis, ident, is_async, arguments, context, returned }
    }

    /// The parameter for what the last run has saved.
    pub(super) fn previous(&self) -> Option<&Argument<'a>> {
        self.arguments.iter().find(|argument| argument.is_previous)
    }

    /// `EssayState`, `EssayInput`, `EssayReturned`.
    pub(super) fn named(&self, suffix: &str) -> Ident {
        quote::format_ident!("{}{suffix}", self.options.graph, span = self.options.graph.span())
    }
}

impl<'a> Argument<'a> {
    fn of(argument: &'a PatType, diagnostics: &Diagnostics) -> Option<Self> {
        let is_previous = argument.attrs.iter().any(|attribute| attribute.path().is_ident(keyword::PREVIOUS));
        match &*argument.pat {
            Pat::Ident(name) if name.subpat.is_none() => {
                let (ty, borrowed) = match &*argument.ty {
                    Type::Reference(reference) => (owned(&reference.elem), Some(reference)),
                    ty => (Cow::Borrowed(ty), None),
                };
                Some(Self { name: &name.ident, ty, borrowed, is_previous })
            }
            pattern => {
                let help = "name it, and take it apart in the function: its name is that of a field of the input";
                diagnostics.error(pattern, with_help("a parameter of a workflow has a name", help));
                None
            }
        }
    }
}

fn typed(input: &FnArg) -> Option<&PatType> {
    match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    }
}

/// The type to write instead of a reference to this.
fn owned(ty: &Type) -> Cow<'_, Type> {
    let is_str = matches!(ty, Type::Path(path) if path.path.is_ident("str"));
    if is_str { Cow::Owned(parse_quote!(String)) } else { Cow::Borrowed(ty) }
}
