//! Types that are recognized by the last segment of their path.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

use crate::keyword;

/// The last segment of a type's path.
pub(super) fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match unwrapped(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The type without parentheses and invisible groups.
pub(super) fn unwrapped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => unwrapped(&group.elem),
        Type::Paren(paren) => unwrapped(&paren.elem),
        other => other,
    }
}

/// The types among the arguments of a segment.
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

pub(super) fn is_context(segment: &PathSegment) -> bool {
    segment.ident == keyword::CONTEXT || segment.ident == keyword::RUN_CONTEXT
}

/// The graph of a `Context<Graph>`. A `Context` without its argument is an error that rustc reports.
pub(super) fn graph_of(segment: &PathSegment) -> Option<&Type> {
    arguments(segment).next().filter(|_| segment.ident != keyword::RUN_CONTEXT)
}
