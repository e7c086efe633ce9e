//! What a node is: what its function takes and gives.

use syn::{Attribute, GenericArgument, Ident, Pat, PathArguments, PathSegment, Type, Visibility};

use crate::crate_path::CratePath;
use crate::keyword;
use crate::policy::Policy;
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
    /// The pattern of the state parameter.
    pub pattern: Option<&'a Pat>,
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
        let output = self.output.map(result_in)?;
        Some(command_in(output).map_or(output, |(update, _)| update))
    }

    /// The `R` of a `Command<T, R>` in what it returns, told by name as well.
    pub(crate) fn route(&self) -> Option<&'a Type> {
        self.output.map(result_in).and_then(command_in).map(|(_, route)| route)
    }

    /// The `E` of a `Result<T, E>`, where what it returns is written as one.
    pub(crate) fn error(&self) -> Option<&'a Type> {
        let last = self.output.and_then(last_of).filter(|last| last.ident == "Result")?;
        arguments(last).nth(1)
    }
}

/// The `T` of a `..Result<T, ..>`, or the type itself.
fn result_in(output: &Type) -> &Type {
    let last = last_of(output).filter(|last| last.ident.to_string().ends_with("Result"));
    last.and_then(|last| arguments(last).next()).unwrap_or(output)
}

/// The `T` and `R` of a `Command<T, R>`.
fn command_in(output: &Type) -> Option<(&Type, &Type)> {
    let mut arguments = arguments(last_of(output).filter(|last| last.ident == keyword::COMMAND)?);
    Some((arguments.next()?, arguments.next()?))
}

fn last_of(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Group(group) => last_of(&group.elem),
        Type::Paren(paren) => last_of(&paren.elem),
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

fn arguments(segment: &PathSegment) -> impl Iterator<Item = &Type> {
    let arguments = match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
        _ => None,
    };
    arguments.into_iter().flatten().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}
