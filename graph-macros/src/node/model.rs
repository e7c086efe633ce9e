//! What a node is: what its function takes and gives.

use syn::{Attribute, GenericArgument, Ident, PathArguments, Type, Visibility};

use super::policy::Policy;
use crate::crate_path::CratePath;
use crate::reads::Reads;

pub(crate) struct Node<'a> {
    pub krate: CratePath,
    pub policy: Policy,
    pub docs: Vec<&'a Attribute>,
    pub cfgs: Vec<&'a Attribute>,
    pub vis: &'a Visibility,
    pub ident: &'a Ident,
    pub is_async: bool,
    /// Whether a type can stand beside it: not beside a method.
    pub is_free: bool,
    /// The task's own input.
    pub input: Option<&'a Type>,
    pub state: Option<(&'a Type, Reads)>,
    pub context: Option<Context<'a>>,
    /// What it returns; `None` where it does not say.
    pub output: Option<&'a Type>,
}

pub(crate) enum Context<'a> {
    /// `&Context<ChatGraph>`: for that graph only.
    Of(&'a Type),
    /// `&RunContext`: for any graph.
    Any,
}

impl<'a> Node<'a> {
    /// The update in what it returns: the `T` of a `NodeResult<T>`, `Result<T, E>` or any `..Result<T>`, else the type
    /// itself. Told by name, so that the update has a name that does not depend on the state.
    pub(crate) fn update(&self) -> Option<&'a Type> {
        self.output.map(update_in)
    }
}

fn update_in(output: &Type) -> &Type {
    match output {
        Type::Group(group) => update_in(&group.elem),
        Type::Paren(paren) => update_in(&paren.elem),
        Type::Path(path) => path.path.segments.last().and_then(result_of).unwrap_or(output),
        _ => output,
    }
}

fn result_of(last: &syn::PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let result = last.ident.to_string().ends_with("Result");
    arguments.args.iter().filter(|_| result).find_map(|argument| match argument {
        GenericArgument::Type(update) => Some(update),
        _ => None,
    })
}
