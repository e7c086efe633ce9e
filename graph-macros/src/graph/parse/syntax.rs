//! The syntax tree of `graph!`. Every token of the user is kept with its span.

use proc_macro2::{Span, TokenStream};
use syn::{Attribute, Expr, Ident, Pat, Path, Stmt, Token, Type, Visibility, token};

use crate::crate_path::CratePath;
use crate::policy::Policy;
use crate::state_pattern::Reads;

pub(crate) struct Graph {
    pub krate: CratePath,
    pub attributes: Vec<Attribute>,
    pub vis: Visibility,
    pub ident: Ident,
    pub state: Type,
    pub deps: Option<Type>,
    pub custom: Option<Type>,
    /// `interrupt T;`: what its nodes can ask.
    pub interrupts: Vec<Path>,
    /// `task translate;`: the task functions that its nodes call.
    pub tasks: Vec<Path>,
    /// `context T;`: what each run is given.
    pub context: Option<Type>,
    /// `store;`
    pub has_store: bool,
    /// `defaults(..)`: the policies of nodes without policies of their own.
    pub defaults: Option<Policy>,
    /// `defer ..`
    pub deferred: Vec<Path>,
    /// `each ..`
    pub repeated: Vec<Path>,
    /// `per_thread ..`: the subgraphs whose state the thread keeps.
    pub per_thread: Vec<Path>,
    /// `unsaved ..`: the subgraphs that are not saved.
    pub unsaved: Vec<Path>,
    pub exits: Vec<Exit>,
    /// `calls ..`: the graphs that its nodes run.
    pub calls: Vec<Path>,
    pub chains: Vec<Chain>,
    /// The fields of the state that routers mention, read without parsing them: `|state| { let _ = &state.rounds; }`
    pub drafts: Vec<TokenStream>,
}

/// `exit TooLong;`, `exit Found { joke };`
pub(crate) struct Exit {
    /// Its doc comments.
    pub attributes: Vec<Attribute>,
    pub ident: Ident,
    /// The fields that it carries.
    pub carries: Vec<Ident>,
}

/// `a -> b -> c`
#[derive(Default)]
pub(crate) struct Chain {
    pub endpoints: Vec<Endpoint>,
    /// The arrows between the endpoints.
    pub arrows: Vec<Span>,
}

/// One side of an arrow.
pub(crate) enum Endpoint {
    Start(Span),
    End(Span),
    /// The `TooLong` of `END::TooLong`.
    Exit(Ident),
    Node(NodeRef),
    List(Vec<Endpoint>, Span),
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
    /// The last token.
    pub end: Span,
    /// The body as text, if it is a path.
    pub leaf: Option<String>,
    pub parameter: Pat,
    /// The parameter for the route of a task. Such a router is called once for each task.
    pub route: Option<Pat>,
    /// The fields of the state that the router reads.
    pub reads: Reads,
    pub body: Routing,
}

/// Rust control flow with nodes at its leaves.
pub(crate) enum Routing {
    Node(NodeRef),
    End(Span),
    /// The `TooLong` of `END::TooLong`.
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
    /// A leaf that could not be parsed. It was reported.
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
        self.alias.as_ref().unwrap_or_else(|| last_segment(&self.path))
    }

    /// Whether it is a bare name, which may refer to an earlier mention.
    pub(crate) fn is_name(&self) -> bool {
        self.alias.is_none() && self.path.leading_colon.is_none() && self.path.segments.len() == 1
    }
}

/// The last segment of a path.
pub(crate) fn last_segment(path: &Path) -> &Ident {
    // A parsed path has at least one segment.
    &path.segments[path.segments.len() - 1].ident
}

impl Endpoint {
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Start(span) | Self::End(span) | Self::List(_, span) => *span,
            Self::Exit(exit) => exit.span(),
            Self::Node(node) => node.ident().span(),
            Self::Router(router) => router.span,
        }
    }

    /// Calls `visit` with each mention of a node, in the order of the source.
    pub(crate) fn mentions<'a>(&'a self, visit: &mut dyn FnMut(&'a NodeRef)) {
        match self {
            Self::Node(node) => visit(node),
            Self::List(endpoints, _) => endpoints.iter().for_each(|endpoint| endpoint.mentions(visit)),
            Self::Router(router) => router.body.mentions(&mut |node, _| visit(node)),
            Self::Start(_) | Self::End(_) | Self::Exit(_) => {}
        }
    }
}

impl Routing {
    /// Calls `visit` with each mention of a node and whether a `for` edge leads to it, in the order of the source.
    pub(crate) fn mentions<'a>(&'a self, visit: &mut dyn FnMut(&'a NodeRef, bool)) {
        match self {
            Self::Node(node) => visit(node, false),
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
