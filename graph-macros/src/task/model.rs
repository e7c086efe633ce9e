//! What the function of a task takes and returns.

use syn::{FnArg, Ident, Pat, PatType, ReturnType, Type, Visibility};

use super::parse::TaskOptions;
use crate::crate_path::CratePath;
use crate::function::Function;
use crate::policy::Policy;

pub(super) struct TaskFunction<'a> {
    pub krate: CratePath,
    pub policy: Policy,
    pub vis: &'a Visibility,
    pub ident: &'a Ident,
    pub is_async: bool,
    pub is_method: bool,
    /// The parameters before the context.
    pub arguments: Vec<&'a PatType>,
    /// The last parameter; `None` if there is none, or if it is no reference, which is an error.
    pub context: Option<&'a Type>,
    /// The type that it returns; `None` if it is an `impl Trait`.
    pub returned: Option<&'a Type>,
}

impl<'a> TaskFunction<'a> {
    pub(super) fn of(TaskOptions { krate, policy }: TaskOptions, function: &'a Function) -> Self {
        let signature = &function.signature;
        let mut arguments: Vec<_> = signature.inputs.iter().filter_map(typed).collect();
        let context = arguments.pop().and_then(|last| match &*last.ty {
            Type::Reference(reference) => Some(&*reference.elem),
            _ => None,
        });
        let returned = match &signature.output {
            ReturnType::Type(_, ty) => Some(&**ty).filter(|ty| !matches!(ty, Type::ImplTrait(_))),
            ReturnType::Default => Some(&function.unit),
        };
        let (is_async, is_method) = (signature.asyncness.is_some(), signature.receiver().is_some());
        Self {
            krate,
            policy,
            vis: &function.vis,
            ident: &signature.ident,
            is_async,
            is_method,
            arguments,
            context,
            returned,
        }
    }

    /// The names of the arguments, as the function or by their place.
    pub(super) fn names(&self) -> Vec<Ident> {
        let name = |(index, argument): (usize, &&PatType)| match &*argument.pat {
            Pat::Ident(name) if name.subpat.is_none() => name.ident.clone(),
            _ => quote::format_ident!("argument_{index}"),
        };
        self.arguments.iter().enumerate().map(name).collect()
    }
}

fn typed(input: &FnArg) -> Option<&PatType> {
    match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    }
}
