//! What is written in `graph!`: the syntax tree, every token of the user's kept.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Expr, Ident, Pat, Path, Stmt, Token, Type, Visibility, token};

use crate::crate_path::CratePath;
use crate::node::policy::Policy;
use crate::reads::Reads;

pub(crate) struct Graph {
    pub krate: CratePath,
    pub attributes: Vec<Attribute>,
    pub vis: Visibility,
    pub ident: Ident,
    pub state: Type,
    pub deps: Option<Type>,
    pub custom: Option<Type>,
    /// The policies of nodes that have none of their own.
    pub defaults: Option<Policy>,
    /// The nodes that are put aside until nothing else is left to run.
    pub deferred: Vec<Path>,
    pub exits: Vec<Exit>,
    /// The graphs that its nodes run inside themselves.
    pub calls: Vec<Path>,
    pub chains: Vec<Chain>,
}

/// `exit TooLong;`
pub(crate) struct Exit {
    /// Its doc comments.
    pub attributes: Vec<Attribute>,
    pub ident: Ident,
}

/// `a -> b -> c`
#[derive(Default)]
pub(crate) struct Chain {
    pub places: Vec<Place>,
    /// The arrows between them.
    pub arrows: Vec<Span>,
}

/// What an arrow can stand beside.
pub(crate) enum Place {
    Start(Span),
    End(Span),
    /// `END::TooLong`, by its last word.
    Exit(Ident),
    Node(NodeRef),
    List(Vec<Place>, Span),
    Router(Box<Router>),
}

/// A mention of a node: `nodes::ask`, `nodes::ask as second_ask`.
#[derive(Clone)]
pub(crate) struct NodeRef {
    pub path: Path,
    pub alias: Option<Ident>,
}

/// `|state| routing`, or `|state, route| routing`
pub(crate) struct Router {
    /// The `|`.
    pub span: Span,
    pub parameter: Pat,
    /// What a task of the node has decided, and the router is asked about task by task.
    pub route: Option<Pat>,
    /// What the router reads of the state.
    pub reads: Reads,
    pub body: Routing,
}

/// Rust control flow with nodes at its leaves.
pub(crate) enum Routing {
    To(NodeRef),
    End(Span),
    /// `END::TooLong`, by its last word.
    Exit(Ident),
    List(Vec<Routing>, Span),
    If {
        if_token: Token![if],
        condition: Box<Expr>,
        then: Box<Routing>,
        otherwise: Box<Routing>,
    },
    Match {
        match_token: Token![match],
        scrutinee: Box<Expr>,
        brace: token::Brace,
        arms: Vec<Arm>,
    },
    For(Box<For>),
    Block {
        brace: token::Brace,
        statements: Vec<Stmt>,
        tail: Box<Routing>,
    },
    /// What could not be read; it was reported.
    Unknown,
}

pub(crate) struct Arm {
    pub attributes: Vec<Attribute>,
    /// With its guard.
    pub pattern: Pat,
    pub arrow: Token![=>],
    pub body: Routing,
}

/// `for pattern in items { statements; node(argument) }`
pub(crate) struct For {
    pub for_token: Token![for],
    pub pattern: Pat,
    pub in_token: Token![in],
    pub items: Expr,
    pub statements: Vec<Stmt>,
    pub node: NodeRef,
    pub argument: TokenStream,
}

impl NodeRef {
    /// The node's name in this graph.
    pub(crate) fn ident(&self) -> &Ident {
        // A path that was parsed has a last segment.
        self.alias.as_ref().unwrap_or_else(|| &self.path.segments[self.path.segments.len() - 1].ident)
    }

    /// Whether it is nothing but a name, which may be that of a node that was mentioned before.
    pub(crate) fn is_name(&self) -> bool {
        self.alias.is_none() && self.path.leading_colon.is_none() && self.path.segments.len() == 1
    }
}

impl Place {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Start(span) | Self::End(span) | Self::List(_, span) => *span,
            Self::Exit(exit) => exit.span(),
            Self::Node(node) => node.ident().span(),
            Self::Router(router) => router.span,
        }
    }
}

impl Routing {
    /// Where it begins.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::To(node) => node.ident().span(),
            Self::Exit(exit) => exit.span(),
            Self::End(span) | Self::List(_, span) => *span,
            Self::If { if_token, .. } => if_token.span,
            Self::Match { match_token, .. } => match_token.span,
            Self::For(each) => each.for_token.span,
            Self::Block { brace, .. } => brace.span.open(),
            Self::Unknown => Span::call_site(),
        }
    }

    /// Calls `visit` with each mention of a node, and whether it is sent to by `for`, in the order of the text.
    pub(crate) fn mentions<'a>(&'a self, visit: &mut dyn FnMut(&'a NodeRef, bool)) {
        match self {
            Self::To(node) => visit(node, false),
            Self::For(each) => visit(&each.node, true),
            Self::End(_) | Self::Exit(_) | Self::Unknown => {}
            Self::List(leaves, _) => leaves.iter().for_each(|leaf| leaf.mentions(visit)),
            Self::If { then, otherwise, .. } => {
                then.mentions(visit);
                otherwise.mentions(visit);
            }
            Self::Match { arms, .. } => arms.iter().for_each(|arm| arm.body.mentions(visit)),
            Self::Block { tail, .. } => tail.mentions(visit),
        }
    }
}
