//! Routers with resolved leaves: names of nodes and exits are indices of the model.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Expr, Pat, Stmt, Token, token};

use super::{Model, Target, branches, exits};
use crate::diagnostics::Diagnostics;
use crate::graph::parse::syntax;
use crate::source::{At, Code};
use crate::state_pattern::Reads;

/// `|state| routing`, or `|state, route| routing`
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Router {
    /// The `|`.
    pub at: At,
    pub parameter: Code<Pat>,
    /// The parameter for the route of a task. Such a router is called once for each task.
    pub route: Option<Code<Pat>>,
    /// The fields of the state that the router reads.
    pub reads: Reads,
    pub body: Routing,
    /// The leaves of the body, which may be more than one for a mention.
    pub branches: Vec<Branch>,
    /// Whether there are too many alternatives to list: all branches then count as one alternative, any part of which
    /// may run.
    pub is_merged: bool,
}

/// Rust control flow with targets at its leaves.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Routing {
    To(Target, At),
    /// A leaf that could not be parsed or resolved. It was reported.
    Unknown(At),
    List(Vec<Routing>, At),
    If {
        if_token: At<Token![if]>,
        condition: Code<Expr>,
        then: Box<Routing>,
        otherwise: Box<Routing>,
    },
    Match {
        match_token: At<Token![match]>,
        scrutinee: Code<Expr>,
        brace: At<token::Brace>,
        arms: Vec<Arm>,
    },
    For(Box<For>),
    Block {
        brace: At<token::Brace>,
        statements: Vec<Code<Stmt>>,
        tail: Box<Routing>,
    },
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Arm {
    pub attributes: Vec<Code<Attribute>>,
    /// With its guard.
    pub pattern: Code<Pat>,
    pub arrow: At<Token![=>]>,
    pub body: Routing,
}

/// `for pattern in items { statements; node(argument) }`
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct For {
    pub for_token: At<Token![for]>,
    pub pattern: Code<Pat>,
    pub in_token: At<Token![in]>,
    pub items: Code<Expr>,
    pub statements: Vec<Code<Stmt>>,
    pub node: usize,
    /// The mention of the node.
    pub at: At,
    pub argument: Code<TokenStream>,
}

/// One leaf of a router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Branch {
    pub target: Target,
    /// The condition under which it is taken, as text.
    pub label: String,
    /// Whether it is a `for` edge.
    pub each: bool,
    /// Branches of one alternative run together.
    pub alternative: usize,
    /// The arm behind which it is, if the router is a `match` on its second parameter.
    pub arm: Option<usize>,
}

impl Routing {
    /// Where it begins.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::To(_, at) | Self::List(_, at) | Self::Unknown(at) => at.0,
            Self::If { if_token, .. } => if_token.span,
            Self::Match { match_token, .. } => match_token.span,
            Self::For(each) => each.for_token.span,
            Self::Block { brace, .. } => brace.span.open(),
        }
    }
}

/// Resolves a router. Its exits count as taken; one that is not declared is reported.
pub(super) fn resolve(model: &mut Model, router: &syntax::Router, diagnostics: &Diagnostics) -> Router {
    let body = routing(model, &router.body, diagnostics);
    let (branches, is_merged) = branches::of(router.route.as_ref(), &body, model, diagnostics);
    Router {
        at: At(router.span),
        parameter: Code(router.parameter.clone()),
        route: router.route.clone().map(Code),
        reads: router.reads.clone(),
        body,
        branches,
        is_merged,
    }
}

fn routing(model: &mut Model, from: &syntax::Routing, diagnostics: &Diagnostics) -> Routing {
    let statements = |statements: &[Stmt]| statements.iter().cloned().map(Code).collect();
    match from {
        syntax::Routing::Node(node) => {
            let at = At(node.ident().span());
            model.find_node(node.ident()).map_or(Routing::Unknown(at), |node| Routing::To(Target::Node(node), at))
        }
        syntax::Routing::End(span) => Routing::To(Target::End, At(*span)),
        syntax::Routing::Exit(exit) => {
            let at = At(exit.span());
            exits::take(model, exit, diagnostics)
                .map_or(Routing::Unknown(at), |exit| Routing::To(Target::Exit(exit), at))
        }
        syntax::Routing::Unknown => Routing::Unknown(At(Span::call_site())),
        syntax::Routing::List(leaves, span) => {
            let list = leaves.iter().map(|leaf| routing(model, leaf, diagnostics)).collect();
            exits::must_be_alone(leaves, diagnostics);
            Routing::List(list, At(*span))
        }
        syntax::Routing::If { if_token, condition, then, otherwise } => Routing::If {
            if_token: At(*if_token),
            condition: Code((**condition).clone()),
            then: Box::new(routing(model, then, diagnostics)),
            otherwise: Box::new(routing(model, otherwise, diagnostics)),
        },
        syntax::Routing::Match { match_token, scrutinee, brace, arms } => {
            let arm = |arm: &syntax::Arm| Arm {
                attributes: arm.attributes.iter().cloned().map(Code).collect(),
                pattern: Code(arm.pattern.clone()),
                arrow: At(arm.arrow),
                body: routing(model, &arm.body, diagnostics),
            };
            let arms = arms.iter().map(arm).collect();
            Routing::Match {
                match_token: At(*match_token),
                scrutinee: Code((**scrutinee).clone()),
                brace: At(*brace),
                arms,
            }
        }
        syntax::Routing::For(each) => {
            let at = At(each.node.ident().span());
            let Some(node) = model.find_node(each.node.ident()) else { return Routing::Unknown(at) };
            Routing::For(Box::new(For {
                for_token: At(each.for_token),
                pattern: Code(each.pattern.clone()),
                in_token: At(each.in_token),
                items: Code(each.items.clone()),
                statements: statements(&each.statements),
                node,
                at,
                argument: Code(each.argument.clone()),
            }))
        }
        syntax::Routing::Block { brace, statements: before, tail } => Routing::Block {
            brace: At(*brace),
            statements: statements(before),
            tail: Box::new(routing(model, tail, diagnostics)),
        },
    }
}
