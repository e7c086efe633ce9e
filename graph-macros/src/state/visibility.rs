//! The visibility of what a state makes for a field.

use syn::{Visibility, parse_quote};

/// The narrower of two visibilities of one module.
///
/// Of two paths the shorter chain of `super` is narrower. A path from the crate's root cannot be compared with it, and
/// the first counts: a field's items stand in items of its struct, which narrow them further.
pub(super) fn narrower(a: &Visibility, b: &Visibility) -> Visibility {
    if rank(b) < rank(a) { b.clone() } else { a.clone() }
}

/// How far the visibility reaches: nowhere, some modules up, the crate, everywhere.
fn rank(vis: &Visibility) -> usize {
    match vis {
        Visibility::Inherited => 0,
        Visibility::Public(_) => usize::MAX,
        Visibility::Restricted(restricted) => {
            let path = &restricted.path;
            match path.segments.first() {
                Some(first) if first.ident == "crate" && path.segments.len() == 1 => usize::MAX - 1,
                Some(first) if first.ident == "crate" => usize::MAX - 2,
                _ => path.segments.iter().filter(|segment| segment.ident == "super").count(),
            }
        }
    }
}

/// The same visibility, said in a module inside.
pub(super) fn inside(vis: &Visibility) -> Visibility {
    match vis {
        Visibility::Public(_) => vis.clone(),
        Visibility::Inherited => parse_quote!(pub(super)),
        Visibility::Restricted(restricted) => match restricted.path.segments.first() {
            Some(first) if first.ident == "self" => {
                let rest = restricted.path.segments.iter().skip(1);
                if restricted.path.segments.len() == 1 {
                    parse_quote!(pub(super))
                } else {
                    parse_quote!(pub(in super #(::#rest)*))
                }
            }
            Some(first) if first.ident == "super" => {
                let path = &restricted.path;
                parse_quote!(pub(in super::#path))
            }
            _ => vis.clone(),
        },
    }
}
