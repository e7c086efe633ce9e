//! What a node is: what its function takes and gives.

use syn::{Attribute, GenericArgument, Ident, PathArguments, PathSegment, Type, Visibility};

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

    /// The error in what it returns, where that is written as `Result<T, E>`.
    pub(crate) fn error(&self) -> Option<&'a Type> {
        self.output.and_then(error_in)
    }
}

fn update_in(output: &Type) -> &Type {
    last_of(output).and_then(|last| types_of_result(last).next()).unwrap_or(output)
}

fn error_in(output: &Type) -> Option<&Type> {
    let last = last_of(output).filter(|last| last.ident == "Result")?;
    types_of_result(last).nth(1)
}

fn last_of(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Group(group) => last_of(&group.elem),
        Type::Paren(paren) => last_of(&paren.elem),
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The types in the brackets of a `..Result<..>`.
fn types_of_result(last: &PathSegment) -> impl Iterator<Item = &Type> {
    let arguments = match &last.arguments {
        PathArguments::AngleBracketed(arguments) if last.ident.to_string().ends_with("Result") => Some(arguments),
        _ => None,
    };
    arguments.into_iter().flat_map(|arguments| &arguments.args).filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
