//! Routers behind a subgraph that are a `match` on its exit: what is written depends on the arm.

use syn::{Expr, Ident, Pat};

use super::{Arm, Node, Routing};

/// The arms of a router are bits of a number.
const LIMIT: usize = 64;

/// `|_, exit| match exit { arms }`
pub(crate) struct ExitArms<'a> {
    pub parameter: &'a Pat,
    pub scrutinee: &'a Expr,
    pub arms: &'a [Arm],
}

impl Node {
    /// The arms of its router, if it is a subgraph and its router a `match` on the exit.
    ///
    /// rustc resolves the patterns: see `expand/exit_arms.rs`.
    pub(crate) fn exit_arms(&self) -> Option<ExitArms<'_>> {
        let router = self.outgoing.router.as_ref().filter(|router| self.is_subgraph() && !router.is_merged)?;
        let parameter = &router.route.as_ref()?.0;
        let (scrutinee, arms) = arms_of(parameter, &router.body)?;
        Some(ExitArms { parameter, scrutinee, arms })
    }
}

/// What a router matches on and the arms, if it matches on the parameter itself.
pub(super) fn arms_of<'a>(route: &Pat, body: &'a Routing) -> Option<(&'a Expr, &'a [Arm])> {
    let Pat::Ident(name) = route else { return None };
    if name.by_ref.is_some() || name.mutability.is_some() || name.subpat.is_some() {
        return None;
    }
    match body {
        Routing::Match { scrutinee, arms, .. } if arms.len() <= LIMIT && is(&name.ident, scrutinee) => {
            Some((&scrutinee.0, arms))
        }
        // Statements could bind the name once more.
        Routing::Block { statements, tail, .. } if statements.is_empty() => arms_of(route, tail),
        _ => None,
    }
}

/// Whether an expression is the variable, perhaps behind `&`.
fn is(name: &Ident, expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.path.is_ident(name),
        Expr::Reference(reference) => is(name, &reference.expr),
        Expr::Paren(paren) => is(name, &paren.expr),
        Expr::Group(group) => is(name, &group.expr),
        _ => false,
    }
}
